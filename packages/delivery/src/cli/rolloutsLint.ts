import { assumeMissing } from '../simulate/manifests/assumeMissing';
import type { Manifests } from '../simulate/manifests/manifests';
import { problemsOf } from '../simulate/simulateRollout';
import { problemText, type Problem } from '../rollout/validation/problem';

/** What the controller would refuse of one rollout. */
export interface LintedRollout {
  namespace: string;
  name: string;
  problems: (Problem & { message: string })[];
}

/** The controller's own validation; what the files lack is not held against them. */
export function lintRollouts(manifests: Manifests): LintedRollout[] {
  return manifests.rollouts.map(rollout => {
    const surroundings = assumeMissing(rollout, manifests);
    const { name, namespace = '' } = surroundings.rollout.metadata;
    const problems = problemsOf(surroundings).map(problem => ({
      ...problem,
      message: problemText(problem),
    }));
    return { namespace, name, problems };
  });
}

/** One line per problem, and one that sums up. */
export function lintText(linted: LintedRollout[]): string {
  const lines = linted.flatMap(({ namespace, name, problems }) =>
    problems.map(({ message }) => `${namespace}/${name}: ${message}`),
  );
  const bad = linted.filter(each => each.problems.length).length;
  return [
    ...lines,
    `${linted.length} rollout${linted.length === 1 ? '' : 's'} checked, ${bad} would be refused`,
    '',
  ].join('\n');
}
