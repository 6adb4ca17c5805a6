import type { RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';
import { scalingLimits } from '../scaling/limits';

/** It has all the pods that the active service is to lead to. */
export function canServe(
  { replicas }: RolloutContext,
  revision: Revision | undefined,
): boolean {
  return revision?.exists === true && revision.available >= replicas;
}

/**
 * Stable can take the active service back: with all but maxUnavailable of its
 * pods, or when it is no worse than who serves now. Waiting for the last pod
 * would keep everybody on what is being given up.
 */
export function canTakeOver(
  { replicas, rollout, stable }: RolloutContext,
  from: Revision | undefined,
): boolean {
  if (!stable) return false;
  if (replicas === 0) return true;
  const needed = Math.max(1, replicas - scalingLimits(rollout).maxUnavailable);
  const { available } = stable;
  return (
    available >= needed ||
    (available > 0 && available >= (from?.available ?? 0))
  );
}
