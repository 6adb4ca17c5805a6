import type { Knex } from 'knex';
import { reduceRelease } from './reduceRelease';
import {
  ACTION_WINDOW_MILLISECONDS,
  STARTING,
  type ReleaseRecord,
} from './ReleaseRecord';
import {
  ENTITIES,
  ENTRIES,
  IMAGES,
  PEOPLE,
  RELEASES,
  chunks,
  groupBy,
  toEntry,
  type EntryRow,
  type ReleaseRow,
} from './rows';

/** Brings the releases that the new entries are about up to date. */
export async function projectReleases(
  knex: Knex,
  rows: EntryRow[],
): Promise<void> {
  const byRelease = groupBy(
    rows.filter(({ release_id }) => release_id !== null),
    ({ release_id }) => release_id ?? '',
  );
  const known = new Map<string, ReleaseRow>();
  for (const some of chunks([...byRelease.keys()])) {
    const found = await knex<ReleaseRow>(RELEASES).whereIn('id', some);
    found.forEach(row => known.set(row.id, row));
  }
  for (const [id, entries] of byRelease) {
    const before = known.get(id);
    const begun = entries.some(({ kind }) => kind === 'release-started');
    const after = [
      ...entries,
      ...(begun ? await actionsBefore(knex, entries) : []),
    ].reduce(
      (record: ReleaseRecord | undefined, row) =>
        reduceRelease(record, toEntry(row)),
      before && (JSON.parse(before.summary) as ReleaseRecord),
    );
    if (after) {
      await write(knex, id, after, entries, before);
    }
  }
}

/** An action that set the release off was on record before the release was. */
async function actionsBefore(
  knex: Knex,
  entries: EntryRow[],
): Promise<EntryRow[]> {
  const [{ stream, at, seq }] = entries as [EntryRow];
  if (seq === 1) {
    return [];
  }
  const actions = await knex<EntryRow>(ENTRIES)
    .where({ stream, kind: 'action' })
    .where('at', '>=', Number(at) - ACTION_WINDOW_MILLISECONDS);
  return actions.filter(row => {
    const entry = toEntry(row);
    return entry.kind === 'action' && STARTING.has(entry.data.action);
  });
}

async function write(
  knex: Knex,
  id: string,
  record: ReleaseRecord,
  entries: EntryRow[],
  before: ReleaseRow | undefined,
): Promise<void> {
  const summary = { ...record.summary, id };
  const { ref, uid, outcome } = summary;
  const [first] = entries as [EntryRow];
  const startedAt = timeOf(summary.startedAt);
  const row: ReleaseRow = {
    id,
    stream: first.stream,
    ...ref,
    uid,
    outcome,
    sorted_at: before?.sorted_at ?? startedAt ?? Number(first.at),
    started_at: startedAt,
    ended_at: timeOf(summary.endedAt),
    restored_at: timeOf(summary.restoredAt),
    committed_at: timeOf(summary.committedAt),
    rolled_back_at: record.rolledBackAt ?? null,
    first_seq: before?.first_seq ?? first.seq,
    last_seq: Math.max(before?.last_seq ?? 0, ...entries.map(e => e.seq)),
    summary: JSON.stringify({ ...record, summary }),
  };
  if (before) {
    await knex<ReleaseRow>(RELEASES).where({ id }).update(row);
  } else {
    await knex<ReleaseRow>(RELEASES).insert(row);
  }
  const was = before
    ? (JSON.parse(before.summary) as ReleaseRecord).summary
    : undefined;
  await addTo(knex, IMAGES, 'image', id, {
    now: summary.images.map(({ to }) => to),
    was: was?.images.map(({ to }) => to),
  });
  await addTo(knex, PEOPLE, 'person', id, {
    now: [...summary.people, ...(summary.startedBy ? [summary.startedBy] : [])],
    was: was?.people,
  });
  await addTo(knex, ENTITIES, 'entity_ref', id, {
    now: summary.entityRefs,
    was: was?.entityRefs,
  });
}

async function addTo(
  knex: Knex,
  table: string,
  column: string,
  id: string,
  { now, was = [] }: { now: string[]; was?: string[] },
): Promise<void> {
  const added = [...new Set(now)].filter(value => !was.includes(value));
  if (added.length > 0) {
    await knex(table)
      .insert(
        added.map(value => ({
          release_id: id,
          [column]: value.slice(0, 512),
        })),
      )
      .onConflict(['release_id', column])
      .ignore();
  }
}

function timeOf(text: string | undefined): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}
