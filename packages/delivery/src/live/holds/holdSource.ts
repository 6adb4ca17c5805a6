import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Hold } from '../../rollout/holds/hold';

/**
 * Where the live controller learns of holds. It has none by itself: whoever
 * embeds it, such as the portal with its freeze windows, knows them.
 * @public
 */
export interface HoldSource {
  /**
   * Those in force for a rollout; asked in each turn, so from memory. `now` is
   * in milliseconds since the epoch.
   */
  holdsOf(rollout: Rollout, now: number): readonly Hold[];
  /** Calls back when any may answer otherwise, also because time has passed. */
  subscribe(listener: () => void): () => void;
}
