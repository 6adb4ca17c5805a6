import type { Knex } from 'knex';
import type { FreezeDefinition } from '@progressive-delivery/backstage-plugin-rollouts-common';

const TABLE = 'rollouts_freezes';

interface Row {
  id: string;
  idempotency_key: string;
  definition: string;
  created_by: string;
  /** PostgreSQL hands big integers out as text. */
  created_at: number | string;
  ended_by: string | null;
  ended_at: number | string | null;
  end_reason: string | null;
}

/** A freeze window of the database; times are milliseconds since the epoch. */
export interface StoredFreeze {
  id: string;
  definition: FreezeDefinition;
  created: { by: string; at: number };
  ended?: { by: string; at: number; reason?: string };
}

/** The freeze windows that people made, shared by all replicas of the backend. */
export class FreezeStore {
  constructor(private readonly knex: Knex) {}

  /**
   * Puts a window on record, once for one idempotency key: a repeat gets what
   * the first one put there.
   */
  async create(
    freeze: Omit<StoredFreeze, 'ended'>,
    idempotencyKey: string,
  ): Promise<StoredFreeze> {
    await this.knex<Row>(TABLE)
      .insert({
        id: freeze.id,
        idempotency_key: idempotencyKey,
        definition: JSON.stringify(freeze.definition),
        created_by: freeze.created.by,
        created_at: freeze.created.at,
        ended_by: null,
        ended_at: null,
        end_reason: null,
      })
      .onConflict('idempotency_key')
      .ignore();
    const row = await this.knex<Row>(TABLE)
      .where({ idempotency_key: idempotencyKey })
      .first();
    if (!row) {
      throw new Error(`The freeze window ${freeze.id} is gone`);
    }
    return fromRow(row);
  }

  /** Returns whether this call is the one that ended it. */
  async end(
    id: string,
    { by, at, reason }: NonNullable<StoredFreeze['ended']>,
  ): Promise<boolean> {
    const changed = await this.knex<Row>(TABLE)
      .where({ id })
      .whereNull('ended_at')
      .update({ ended_by: by, ended_at: at, end_reason: reason ?? null });
    return changed === 1;
  }

  /** All windows, those that were ended before `since` left out. */
  async list(since: number): Promise<StoredFreeze[]> {
    const rows = await this.knex<Row>(TABLE)
      .where(query =>
        query.whereNull('ended_at').orWhere('ended_at', '>=', since),
      )
      .orderBy('created_at', 'asc');
    return rows.map(fromRow);
  }
}

function fromRow(row: Row): StoredFreeze {
  return {
    id: row.id,
    definition: JSON.parse(row.definition),
    created: { by: row.created_by, at: Number(row.created_at) },
    ended:
      row.ended_at === null
        ? undefined
        : {
            by: row.ended_by ?? '',
            at: Number(row.ended_at),
            reason: row.end_reason ?? undefined,
          },
  };
}
