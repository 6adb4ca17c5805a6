import type { ApprovalState } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Knex } from 'knex';
import type { ApprovalFact, NewApprovalFact } from '../facts/ApprovalFact';
import { appendFacts } from './appendFacts';
import type { ApprovalRecord } from './ApprovalRecord';
import { databaseNow } from './databaseNow';
import { factOf } from './factOf';
import { readRecords } from './readRecords';
import { REQUESTS } from './rows';

/** What a change left behind. */
export interface Change {
  request: ApprovalRecord;
  facts: ApprovalFact[];
}

export interface ApprovalTransactionsOptions {
  /** Told what a transaction put on record, once it is committed. */
  onFacts: (facts: ApprovalFact[]) => void;
  /** The database's clock unless a test has its own. */
  now?: (knex: Knex) => Promise<number>;
}

/**
 * Each change of a request is one transaction that begins by writing the
 * request's row, which the others wait for; the facts it makes are in the same
 * transaction.
 */
export class ApprovalTransactions {
  readonly #now: (knex: Knex) => Promise<number>;

  constructor(
    readonly knex: Knex,
    private readonly options: ApprovalTransactionsOptions,
  ) {
    this.#now = options.now ?? databaseNow;
  }

  /** Milliseconds since the epoch, by the database's clock. */
  now(knex: Knex = this.knex): Promise<number> {
    return this.#now(knex);
  }

  /**
   * Writes the request's row first, so that every other change waits, and
   * ends it when its time is over.
   */
  async lock(trx: Knex.Transaction, id: string, expires = true) {
    const locked = await trx(REQUESTS)
      .where({ id })
      .update({ version: trx.raw('version + 1') });
    if (locked !== 1) {
      throw new Error(`There is no request ${id}`);
    }
    const now = await this.#now(trx);
    const current = await readOne(trx, id);
    const over =
      expires &&
      now >= current.expiresAt &&
      (current.state === 'pending' || current.state === 'approved');
    if (!over) {
      return { now, current, facts: [] as ApprovalFact[] };
    }
    const reason =
      current.state === 'pending'
        ? 'Not enough people approved in time.'
        : 'It was approved, but not used in time.';
    await setState(trx, id, 'expired', { reason, endedAt: now });
    const { request, facts } = await this.changed(trx, id, [
      {
        ...factOf(current, now),
        kind: 'expired',
        requestedBy: current.requestedBy,
        reason,
      },
    ]);
    return { now, current: request, facts };
  }

  async changed(
    trx: Knex.Transaction,
    id: string,
    facts: NewApprovalFact[],
  ): Promise<Change> {
    return {
      facts: await appendFacts(trx, facts),
      request: await readOne(trx, id),
    };
  }

  /** Facts are told once they are on record for good. */
  async run<T extends { facts: ApprovalFact[] } | undefined>(
    work: (trx: Knex.Transaction) => Promise<T>,
  ): Promise<T> {
    const result = await this.knex.transaction(work);
    if (result && result.facts.length > 0) {
      this.options.onFacts(result.facts);
    }
    return result;
  }
}

/** A request that must be there. */
export async function readOne(
  trx: Knex.Transaction,
  id: string,
): Promise<ApprovalRecord> {
  const [found] = await readRecords(trx, query => query.where({ id }));
  if (!found) {
    throw new Error(`There is no request ${id}`);
  }
  return found;
}

/** Moves a request on; with `endedAt` another one may be opened for the same. */
export async function setState(
  trx: Knex.Transaction,
  id: string,
  state: ApprovalState,
  { reason, endedAt }: { reason?: string; endedAt?: number },
): Promise<void> {
  await trx(REQUESTS)
    .where({ id })
    .update({
      state,
      state_reason: reason ?? null,
      ...(endedAt !== undefined && { ended_at: endedAt, open_key: null }),
    });
}
