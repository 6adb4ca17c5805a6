import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
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

/** Of a column. */
const MOST_TEXT = 512;

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
  const changes: Change[] = [];
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
      changes.push(changeOf(id, after, entries, before));
    }
  }
  for (const some of chunks(changes, 50)) {
    await knex<ReleaseRow>(RELEASES)
      .insert(some.map(({ row }) => row))
      .onConflict('id')
      .merge();
  }
  await add(knex, IMAGES, 'image', changes, ({ images }) => images);
  await add(knex, PEOPLE, 'person', changes, ({ people }) => people);
  await add(knex, ENTITIES, 'entity_ref', changes, ({ refs }) => refs);
}

/** A release to be written, with what is new beside it. */
interface Change {
  row: ReleaseRow;
  images: string[];
  people: string[];
  refs: string[];
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

function changeOf(
  id: string,
  record: ReleaseRecord,
  entries: EntryRow[],
  before: ReleaseRow | undefined,
): Change {
  const summary = { ...record.summary, id };
  const { ref, uid, outcome } = summary;
  const [first] = entries as [EntryRow];
  const startedAt = timeOf(summary.startedAt);
  const was = before
    ? (JSON.parse(before.summary) as ReleaseRecord).summary
    : undefined;
  return {
    row: {
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
      end_observed: !record.endUnobserved,
      first_seq: before?.first_seq ?? first.seq,
      last_seq: Math.max(before?.last_seq ?? 0, ...entries.map(e => e.seq)),
      summary: JSON.stringify({ ...record, summary }),
    },
    images: added(imagesOf(summary), was && imagesOf(was)),
    people: added(peopleOf(summary), was && peopleOf(was)),
    refs: added(summary.entityRefs, was?.entityRefs),
  };
}

function imagesOf({ images }: ReleaseSummary): string[] {
  return images.map(({ to }) => to);
}

function peopleOf({ people, startedBy }: ReleaseSummary): string[] {
  return startedBy === undefined ? people : [...people, startedBy];
}

function added(now: string[], was: string[] = []): string[] {
  return [...new Set(now)].filter(value => !was.includes(value));
}

async function add(
  knex: Knex,
  table: string,
  column: string,
  changes: Change[],
  valuesOf: (change: Change) => string[],
): Promise<void> {
  const rows = changes.flatMap(change =>
    valuesOf(change).map(value => ({
      release_id: change.row.id,
      [column]: value.slice(0, MOST_TEXT),
    })),
  );
  for (const some of chunks(rows)) {
    await knex(table).insert(some).onConflict(['release_id', column]).ignore();
  }
}

function timeOf(text: string | undefined): number | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : time;
}
