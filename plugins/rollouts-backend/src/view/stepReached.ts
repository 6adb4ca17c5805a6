import type { Attempt } from './attempt';

/**
 * The step at which an aborted rollout was stopped: the controller sets the
 * index back to zero, but its Events tell how far this attempt had come.
 *
 * @returns a step's index, or undefined where no Event is left that tells
 */
export function stepReached({
  whole,
  completedAt,
}: Attempt): number | undefined {
  const last = Math.max(0, ...completedAt.keys());
  return last > 0 || whole ? last : undefined;
}
