import type { Knex } from 'knex';
import { isPostgres } from '../../database/isPostgres';
import { entryHash, GENESIS } from '../facts/chain';
import {
  ANCHORS,
  ENTRIES,
  STREAMS,
  type AnchorRow,
  type EntryRow,
  type StreamRow,
} from '../store/rows';

const PAGE = 1_000;
/** Rows of which the length of a range is made up. */
const MOST_STREAMS = 1_000;

/** What is wrong with a chain, and where. */
export interface ChainProblem {
  stream: string;
  seq: number;
  message: string;
}

/** The end of a chain at some time, kept outside of the database. */
export interface Checkpoint {
  stream: string;
  seq: number;
  hash: string;
}

export interface Verification {
  streams: number;
  entries: number;
  /** Chains that retention has cut. */
  cut: number;
  problems: ChainProblem[];
  /** Where the chains end now. */
  heads: Checkpoint[];
}

/** Chains by their names, as the database orders them: after one, up to another. */
export interface StreamRange {
  after?: string;
  /** To the last one when left out. */
  upTo?: string;
}

/** The chains after one that have about so many entries, at least one chain. */
export async function nextRange(
  knex: Knex,
  after: string | undefined,
  most: number,
): Promise<StreamRange> {
  const rows: Pick<StreamRow, 'stream' | 'seq'>[] = await knex(STREAMS)
    .modify(within, { after })
    .orderBy('stream')
    .limit(MOST_STREAMS)
    .select('stream', 'seq');
  let entries = 0;
  const end = rows.findIndex(({ seq }) => {
    entries += seq;
    return entries >= most;
  });
  if (end < 0 && rows.length < MOST_STREAMS) {
    return { after };
  }
  return { after, upTo: rows.at(end)?.stream };
}

/**
 * Reads every entry of a range and checks that each follows from the one
 * before it, that none is missing, and that what a checkpoint saw is still so.
 * All is read as it is at one moment, so that what is written meanwhile is not
 * taken for a fault.
 */
export async function verifyRange(
  knex: Knex,
  range: StreamRange,
  checkpoints: readonly Checkpoint[] = [],
): Promise<Verification> {
  return knex.transaction(
    transaction => verify(transaction, range, checkpoints),
    isPostgres(knex)
      ? { isolationLevel: 'repeatable read', readOnly: true }
      : undefined,
  );
}

async function verify(
  knex: Knex,
  range: StreamRange,
  checkpoints: readonly Checkpoint[],
): Promise<Verification> {
  const anchors = new Map<string, AnchorRow>();
  for (const row of await knex<AnchorRow>(ANCHORS)
    .modify(within, range)
    .orderBy('seq')) {
    anchors.set(row.stream, row);
  }
  const expected = new Map(checkpoints.map(each => [each.stream, each]));
  const heads = new Map<string, Checkpoint>();
  const problems: ChainProblem[] = [];
  let entries = 0;
  for await (const row of everyEntry(knex, range)) {
    entries += 1;
    const anchor = anchors.get(row.stream);
    const before =
      heads.get(row.stream) ??
      (anchor
        ? { stream: row.stream, seq: anchor.seq, hash: anchor.hash }
        : { stream: row.stream, seq: 0, hash: GENESIS });
    const wrong = wrongIn(row, before, expected.get(row.stream));
    problems.push(
      ...wrong.map(message => ({ stream: row.stream, seq: row.seq, message })),
    );
    heads.set(row.stream, {
      stream: row.stream,
      seq: row.seq,
      hash: row.hash,
    });
  }
  const streams: Checkpoint[] = await knex(STREAMS)
    .modify(within, range)
    .select('stream', 'seq', 'hash');
  problems.push(
    ...endsMissing(streams, heads, anchors),
    ...cutShort(expected, streams),
  );
  return {
    streams: streams.length,
    entries,
    cut: anchors.size,
    problems,
    heads: streams.map(({ stream, seq, hash }) => ({ stream, seq, hash })),
  };
}

async function* everyEntry(
  knex: Knex,
  range: StreamRange,
): AsyncGenerator<EntryRow> {
  let after: EntryRow | undefined;
  for (;;) {
    const query = knex<EntryRow>(ENTRIES)
      .modify(within, range)
      .orderBy(['stream', 'seq'])
      .limit(PAGE);
    const last = after;
    if (last) {
      query.where(next =>
        next
          .where('stream', '>', last.stream)
          .orWhere(same =>
            same.where('stream', last.stream).where('seq', '>', last.seq),
          ),
      );
    }
    const rows = await query;
    yield* rows;
    after = rows.at(-1);
    if (rows.length < PAGE) {
      return;
    }
  }
}

function wrongIn(
  row: EntryRow,
  before: Checkpoint,
  checkpoint: Checkpoint | undefined,
): string[] {
  const hash = entryHash({
    ...row,
    at: Number(row.at),
    recorded_at: Number(row.recorded_at),
  });
  return [
    row.seq !== before.seq + 1 && outOfPlace(row.seq, before.seq),
    row.seq === before.seq + 1 &&
      row.previous_hash !== before.hash &&
      'it does not follow from the entry before it',
    row.hash !== hash && 'it was changed: its hash is of something else',
    checkpoint?.seq === row.seq &&
      checkpoint.hash !== row.hash &&
      'it is not what the checkpoint saw',
  ].filter(message => message !== false);
}

/** Of an entry that is not the one after `before`. */
function outOfPlace(seq: number, before: number): string {
  if (seq <= before) {
    return `it is still there, though retention is on record to have cut up to entry ${before}`;
  }
  return seq === before + 2
    ? `entry ${before + 1} is missing`
    : `entries ${before + 1} to ${seq - 1} are missing`;
}

function endsMissing(
  streams: Pick<StreamRow, 'stream' | 'seq' | 'hash'>[],
  heads: ReadonlyMap<string, Checkpoint>,
  anchors: ReadonlyMap<string, AnchorRow>,
): ChainProblem[] {
  const known = new Set(streams.map(({ stream }) => stream));
  const ends = streams.flatMap(({ stream, seq, hash }) => {
    const end = heads.get(stream) ?? anchors.get(stream);
    const same =
      seq === 0 ? end === undefined : end?.seq === seq && end.hash === hash;
    return same
      ? []
      : [
          {
            stream,
            seq,
            message: `the chain should end here, and ends at ${end?.seq ?? 0}`,
          },
        ];
  });
  const strays = [...heads.values()].flatMap(({ stream, seq }) =>
    known.has(stream)
      ? []
      : [{ stream, seq, message: 'the end of the chain is not on record' }],
  );
  return [...ends, ...strays];
}

/** Chains that end before what a checkpoint saw. */
function cutShort(
  expected: ReadonlyMap<string, Checkpoint>,
  streams: Pick<StreamRow, 'stream' | 'seq'>[],
): ChainProblem[] {
  return streams.flatMap(({ stream, seq: end }) => {
    const seq = expected.get(stream)?.seq ?? 0;
    return seq > end
      ? [
          {
            stream,
            seq,
            message: `the checkpoint saw this entry, and the chain ends at ${end}`,
          },
        ]
      : [];
  });
}

function within(query: Knex.QueryBuilder, { after, upTo }: StreamRange): void {
  if (after !== undefined) {
    query.where('stream', '>', after);
  }
  if (upTo !== undefined) {
    query.where('stream', '<=', upTo);
  }
}
