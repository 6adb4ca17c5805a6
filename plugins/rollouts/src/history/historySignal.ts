import type { EntityRolloutsResponse } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { rolloutKey } from '../live/entityRolloutsState';

/**
 * Changes when something happened that a release has on record: another
 * revision, step, phase or end, not each measurement.
 */
export function historySignal(
  known: EntityRolloutsResponse | undefined,
): string {
  return (known?.rollouts ?? [])
    .map(({ rollout }) =>
      [
        rolloutKey(rollout.ref),
        rollout.podHash,
        rollout.step?.index,
        rollout.phase,
        rollout.aborted,
      ].join(' '),
    )
    .join('\n');
}
