import { createHash } from 'node:crypto';
import type {
  RolloutDetail,
  RolloutSummary,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { actionViews } from './actionViews';
import { analysisRunViews, decidingMetrics } from './analysisRunViews';
import { problemsOf } from './problems';
import { revisionOutcomes } from './revisionOutcomes';
import { revisionViews } from './revisions';
import type { RolloutSources } from './RolloutSources';
import { routeChips } from './routeChips';
import { stepViews } from './stepViews';
import { timeline } from './timeline';

/** One rollout, whole. The same for every viewer. */
export function rolloutDetail(
  sources: RolloutSources,
  summary: RolloutSummary,
): RolloutDetail {
  const { rollout, replicaSets, analysisRuns } = sources;
  const runs = analysisRunViews(analysisRuns, replicaSets);
  const view = {
    ...summary,
    generation: rollout.metadata.generation ?? 0,
    podHash: rollout.status?.currentPodHash,
    paused: rollout.spec.paused === true,
    steps: stepViews(sources),
    routes: routeChips(rollout),
    metrics: decidingMetrics(rollout, runs),
    analysisRuns: runs,
    revisions: revisionViews(sources),
    timeline: timeline(sources.events, sources.actions, runs),
    // The clock matters only to what `restart` writes, which is not shown here.
    actions: actionViews(
      {
        rollout,
        replicaSets,
        analysisRuns,
        outcomes: revisionOutcomes(sources),
        now: 0,
      },
      summary.images,
      sources.locksOf,
    ),
    problems: problemsOf(sources),
  };
  return { ...view, version: versionOf(view) };
}

/** Of the content, so that every replica of the backend gives the same. */
function versionOf(view: object): string {
  return createHash('sha256')
    .update(JSON.stringify(view))
    .digest('base64url')
    .slice(0, 22);
}
