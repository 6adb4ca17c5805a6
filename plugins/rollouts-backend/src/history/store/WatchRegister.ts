import type { Knex } from 'knex';
import type { ReleaseGap } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { WATCHES, type WatchRow } from './rows';

/** How often each replica says that it watches. */
export const WATCH_MILLISECONDS = 5_000;
/** Of a replica that has said nothing for so long, nobody knows. */
const SILENT_MILLISECONDS = 12_000;
const FORGOTTEN_MILLISECONDS = 7 * 24 * 3_600_000;

/** Who has watched which cluster until when: how gaps are known. */
export class WatchRegister {
  constructor(
    private readonly knex: Knex,
    private readonly replica: string,
  ) {}

  /**
   * The time in which no replica watched a cluster, as this one begins to;
   * `undefined` when another one does.
   */
  async gapUntil(
    cluster: string,
    now: number,
  ): Promise<ReleaseGap | undefined> {
    const rows = await this.knex<WatchRow>(WATCHES).where({ cluster });
    const watched = rows.some(
      ({ replica, seen_at, stopped }) =>
        replica !== this.replica &&
        !stopped &&
        now - Number(seen_at) <= SILENT_MILLISECONDS,
    );
    if (watched) {
      return undefined;
    }
    const to = new Date(now).toISOString();
    if (rows.length === 0) {
      return { to, cause: 'first-seen' };
    }
    const last = Math.max(...rows.map(({ seen_at }) => Number(seen_at)));
    return { from: new Date(last).toISOString(), to, cause: 'portal-down' };
  }

  /** Says that this replica watches these clusters, or that it stops to. */
  async say(clusters: string[], now: number, stopped = false): Promise<void> {
    if (clusters.length === 0) {
      return;
    }
    const { replica } = this;
    await this.knex<WatchRow>(WATCHES)
      .insert(
        clusters.map(cluster => ({ cluster, replica, seen_at: now, stopped })),
      )
      .onConflict(['cluster', 'replica'])
      .merge(['seen_at', 'stopped']);
  }

  /** Of replicas that have been gone for long, all but the last one's. */
  async tidy(now: number): Promise<void> {
    const last = this.knex(WATCHES)
      .select('cluster')
      .max('seen_at')
      .groupBy('cluster');
    await this.knex<WatchRow>(WATCHES)
      .where('seen_at', '<', now - FORGOTTEN_MILLISECONDS)
      .whereNotIn(['cluster', 'seen_at'], last)
      .delete();
  }
}
