import type { Knex } from 'knex';
import { isPostgres } from '../../database/isPostgres';
import type { HistoryFact } from '../facts/HistoryFact';
import { HistoryStore } from '../store/HistoryStore';
import {
  ANCHORS,
  ENTITIES,
  ENTRIES,
  IMAGES,
  PEOPLE,
  RELEASES,
  STREAMS,
  chunks,
  summaryOf,
  toEntry,
  type AnchorRow,
  type EntryRow,
  type ReleaseRow,
  type StreamRow,
} from '../store/rows';

export interface Removed {
  releases: number;
  entries: number;
}

/**
 * Removes releases that ended before a time. A chain is only ever cut from its
 * beginning, up to the first release that stays; where it was cut, and the
 * hash of the last entry that is gone, is written down first, so that what
 * stays can still be verified. The database refuses it in any other order. Pod
 * templates that what stays runs go to the end of the chain before.
 */
export async function removeOld(
  knex: Knex,
  before: number,
  now: number,
): Promise<Removed> {
  const streams = await knex<ReleaseRow>(RELEASES)
    .distinct('stream')
    .where(old => whereOver(old, before));
  const removed: Removed = { releases: 0, entries: 0 };
  for (const { stream } of streams) {
    const { releases, entries } = await knex.transaction(transaction =>
      cut(transaction, stream, before, now),
    );
    removed.releases += releases;
    removed.entries += entries;
  }
  return removed;
}

/** A release that was never seen to end counts from when it was first seen. */
function whereOver(query: Knex.QueryBuilder, before: number): void {
  query
    .where('ended_at', '<', before)
    .orWhere(unobserved =>
      unobserved.where('outcome', 'unobserved').where('sorted_at', '<', before),
    );
}

async function cut(
  knex: Knex.Transaction,
  stream: string,
  before: number,
  now: number,
): Promise<Removed> {
  const none = { releases: 0, entries: 0 };
  const locking = knex<StreamRow>(STREAMS).where({ stream }).first();
  const head = await (isPostgres(knex) ? locking.forUpdate() : locking);
  if (!head) {
    return none;
  }
  const { id: current } = JSON.parse(head.state).release ?? {};
  const releases = await knex<ReleaseRow>(RELEASES)
    .where({ stream })
    .orderBy('first_seq');
  const over = new Set(
    (
      await knex<ReleaseRow>(RELEASES)
        .where({ stream })
        .where(old => whereOver(old, before))
        .select('id')
    ).map(({ id }) => id),
  );
  // What the object runs now stays, however old: later releases compare with it.
  const present = Boolean(head.present);
  const first = releases.findIndex(
    ({ id }) => !over.has(id) || (present && id === current),
  );
  const gone = first < 0 ? releases : releases.slice(0, first);
  const last = first < 0 ? head.seq : (releases[first]?.first_seq ?? 1) - 1;
  if (gone.length === 0 || last < 1) {
    return none;
  }
  const end = await knex<EntryRow>(ENTRIES)
    .where({ stream, seq: last })
    .first();
  if (!end) {
    return none;
  }
  await knex<AnchorRow>(ANCHORS).insert({
    stream,
    seq: last,
    hash: end.hash,
    removed_at: now,
  });
  const templates = await templatesOf(
    knex,
    stream,
    last,
    releases.slice(gone.length),
  );
  const entries = await knex<EntryRow>(ENTRIES)
    .where({ stream })
    .where('seq', '<=', last)
    .delete();
  for (const ids of chunks(gone.map(({ id }) => id))) {
    for (const table of [IMAGES, PEOPLE, ENTITIES]) {
      await knex(table).whereIn('release_id', ids).delete();
    }
    await knex<ReleaseRow>(RELEASES).whereIn('id', ids).delete();
  }
  if (templates.length > 0) {
    const { cluster } = head;
    await new HistoryStore(knex).append(
      [{ stream, cluster, facts: templates }],
      now,
    );
  }
  return { releases: gone.length, entries };
}

/** A version that came back has its template from the time when it came first. */
async function templatesOf(
  knex: Knex,
  stream: string,
  last: number,
  kept: readonly ReleaseRow[],
): Promise<HistoryFact[]> {
  const hashes = new Set(kept.map(row => summaryOf(row).podHash));
  const rows = await knex<EntryRow>(ENTRIES)
    .where({ stream, kind: 'template' })
    .where('seq', '<=', last)
    .orderBy('seq');
  return rows.map(toEntry).flatMap(entry => {
    const { kind, key, at, data } = entry;
    return kind === 'template' && hashes.has(data.podHash)
      ? [{ kind, key, at, data }]
      : [];
  });
}
