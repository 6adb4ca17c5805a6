import { hasLostStable, type RolloutContext } from '../context';

const LOST =
  'the ReplicaSet of the stable revision is gone: pods and traffic stay as they are until somebody retries, or deploys another version';

/**
 * Why the update stands still: of this turn's abort, or as it was noted when it
 * happened; and, as an event when that is news, that nobody can go back.
 */
export function abortMessage(context: RolloutContext): string {
  const { draft, before, current } = context;
  const known = before.conditions?.find(
    each => each.type === 'Progressing' && each.reason === 'RolloutAborted',
  )?.message;
  const why =
    draft.abortMessage ??
    known?.replace(`; ${LOST}`, '') ??
    `Rollout aborted update to revision ${current.number}`;
  if (!hasLostStable(context)) return why;
  draft.because(LOST);
  if (!known?.includes(LOST)) {
    draft.event(
      'StableReplicaSetMissing',
      `The update is aborted, and ${LOST}`,
      'Warning',
    );
  }
  return `${why}; ${LOST}`;
}
