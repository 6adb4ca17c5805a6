import type { RevisionOutcome } from '../view/rollout';

/**
 * What an undo brings back when nobody chose: of the revisions before the
 * current one the highest that is not known to have failed. Where nothing is
 * known, or all failed, the highest, as `kubectl argo rollouts undo` does.
 * @param revisions - in any order
 * @param current - the newest, when it is not known
 * @public
 */
export function defaultUndo<
  T extends { revision: number; outcome?: RevisionOutcome },
>(revisions: readonly T[], current: number | undefined): T | undefined {
  const newestFirst = [...revisions].sort((a, b) => b.revision - a.revision);
  const from = current ?? newestFirst[0]?.revision ?? 0;
  const earlier = newestFirst.filter(({ revision }) => revision < from);
  return (
    earlier.find(
      ({ outcome }) => outcome !== 'aborted' && outcome !== 'rolled-back',
    ) ?? earlier[0]
  );
}
