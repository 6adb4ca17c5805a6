import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

const TABLE = 'rollouts_notices';

/** Which notices have been taken on, by whichever replica. */
export class NoticeStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Takes a notice on. Exactly one of all who try with the same key gets true,
   * for good: a notice is rather lost with the process that took it on than
   * told twice.
   */
  async claim(key: string, claimant: string, now: number): Promise<boolean> {
    // Keys are made of names, which may be long.
    const id = createHash('sha256').update(key).digest('hex');
    await this.knex(TABLE)
      .insert({ id, claimant, at: now })
      .onConflict('id')
      .ignore();
    const row = await this.knex(TABLE).where({ id }).first('claimant');
    return row?.claimant === claimant;
  }

  /** Forgets those that were taken on before a time, after which nobody tries again. */
  async forget(before: number): Promise<void> {
    await this.knex(TABLE).where('at', '<', before).delete();
  }
}
