import type { RolloutStatus } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** What a plan has only counted or seen, and not decided. */
const SEEN = [
  'observedGeneration',
  'replicas',
  'updatedReplicas',
  'readyReplicas',
  'availableReplicas',
  'HPAReplicas',
  'selector',
] as const satisfies readonly (keyof RolloutStatus)[];

/**
 * The status of a turn that ended before all its writes were made. Nothing of
 * what was decided on the strength of them is in it.
 *
 * @param message - said to whoever looks at the rollout
 */
export function heldStatus(
  now: RolloutStatus,
  planned: RolloutStatus,
  message: string | undefined,
): RolloutStatus {
  const seen = Object.fromEntries(SEEN.map(key => [key, planned[key]]));
  return { ...now, ...seen, ...(message === undefined ? {} : { message }) };
}
