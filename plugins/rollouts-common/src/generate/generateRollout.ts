import { analysisTemplates } from './analysisTemplates';
import { assembleFiles, type GeneratedRollout } from './assembleFiles';
import { completeDescription } from './completeDescription';
import { DescriptionError, type RolloutDescription } from './description';
import { descriptionProblems } from './descriptionProblems';
import { rolloutObject } from './rolloutObject';
import { routeObjects } from './routeObjects';
import { serviceObjects } from './serviceObjects';

/**
 * Manifests for a description: the Rollout, its services, the route, and how
 * it is judged. The same description always gives the same text.
 *
 * @throws DescriptionError that names the fields
 * @public
 */
export function generateRollout(
  description: RolloutDescription,
): GeneratedRollout {
  const problems = descriptionProblems(description);
  if (problems.length) throw new DescriptionError(problems);
  const of = completeDescription(description);
  const templates = analysisTemplates(of);
  // What the rollout refers to comes before it: Argo Rollouts calls a rollout
  // an InvalidSpec until all of it exists.
  return assembleFiles([
    ['services.yaml', serviceObjects(of)],
    ['route.yaml', routeObjects(of)],
    ['analysis.yaml', Object.values(templates)],
    ['rollout.yaml', [rolloutObject(of, templates)]],
  ]);
}
