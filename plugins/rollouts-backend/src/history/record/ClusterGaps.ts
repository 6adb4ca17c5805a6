import type { ReleaseGap } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ClusterHealth } from '../../mirror/clusterHealth';

/** What comes so soon after a cluster is back happened while it was away. */
const CATCH_UP_MILLISECONDS = 5_000;

/** When clusters were out of reach while this process watched them. */
export class ClusterGaps {
  readonly #lost = new Map<string, { from: string; backAt?: number }>();

  changed(
    cluster: string,
    { state, lastSeen }: Pick<ClusterHealth, 'state' | 'lastSeen'>,
    now: number,
  ): void {
    const known = this.#lost.get(cluster);
    if (state === 'stale' || state === 'unreachable') {
      if (!known || known.backAt !== undefined) {
        const from = lastSeen ?? new Date(now).toISOString();
        this.#lost.set(cluster, { from });
      }
    } else if (known && known.backAt === undefined) {
      known.backAt = now;
    }
  }

  /** The gap before something that is seen now. */
  gap(cluster: string, now: number): ReleaseGap | undefined {
    const lost = this.#lost.get(cluster);
    if (!lost) {
      return undefined;
    }
    if (
      lost.backAt !== undefined &&
      now - lost.backAt > CATCH_UP_MILLISECONDS
    ) {
      this.#lost.delete(cluster);
      return undefined;
    }
    return {
      from: lost.from,
      to: new Date(now).toISOString(),
      cause: 'cluster-unreachable',
    };
  }
}
