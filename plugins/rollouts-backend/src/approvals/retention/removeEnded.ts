import type { Knex } from 'knex';
import { OPEN_STATES } from '../store/ApprovalRecord';
import {
  COMMENTS,
  EXECUTIONS,
  FACTS,
  PEOPLE,
  REQUESTS,
  type RequestRow,
} from '../store/rows';

/** Requests of one transaction; others wait no longer than for these. */
const AT_ONCE = 200;

export interface RemovedApprovals {
  requests: number;
  facts: number;
}

/**
 * Removes requests that ended before a time, with the votes, comments and
 * facts that are about them, and the facts of that time that are about none.
 * What can still have an effect stays, however old.
 *
 * @param before - milliseconds since the epoch, by the database's clock
 * @param read - facts up to this sequence have been read by who must not miss
 *   one; a request with a later one stays
 */
export async function removeEnded(
  knex: Knex,
  before: number,
  read = Infinity,
): Promise<RemovedApprovals> {
  const removed: RemovedApprovals = { requests: 0, facts: 0 };
  for (let more = true; more;) {
    const some = await knex.transaction(trx => removeSome(trx, before, read));
    removed.requests += some.requests;
    removed.facts += some.facts;
    more = some.requests === AT_ONCE;
  }
  removed.facts += await knex(FACTS)
    .whereNull('request_id')
    .where('at', '<', before)
    .modify(upTo, read)
    .delete();
  return removed;
}

async function removeSome(
  trx: Knex.Transaction,
  before: number,
  read: number,
): Promise<RemovedApprovals> {
  const over: Pick<RequestRow, 'id'>[] = await trx(REQUESTS)
    .where('ended_at', '<', before)
    .whereNotIn('state', [...OPEN_STATES])
    .modify(withoutUnread, trx, read)
    .orderBy('id')
    .limit(AT_ONCE)
    .select('id');
  const ids = over.map(({ id }) => id);
  // Whoever comments on one writes its row first, and waits for this.
  await trx<RequestRow>(REQUESTS)
    .whereIn('id', ids)
    .update({ version: trx.raw('version + 1') });
  const facts = await trx(FACTS).whereIn('request_id', ids).delete();
  for (const table of [PEOPLE, COMMENTS, EXECUTIONS]) {
    await trx(table).whereIn('request_id', ids).delete();
  }
  const requests = await trx(REQUESTS).whereIn('id', ids).delete();
  return { requests, facts };
}

function withoutUnread(
  query: Knex.QueryBuilder,
  knex: Knex,
  read: number,
): void {
  if (Number.isFinite(read)) {
    query.whereNotIn(
      'id',
      knex(FACTS)
        .whereNotNull('request_id')
        .where('sequence', '>', read)
        .select('request_id'),
    );
  }
}

function upTo(query: Knex.QueryBuilder, read: number): void {
  if (Number.isFinite(read)) {
    query.where('sequence', '<=', read);
  }
}
