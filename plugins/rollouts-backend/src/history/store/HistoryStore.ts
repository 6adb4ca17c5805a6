import type { Knex } from 'knex';
import { isPostgres } from '../../database/isPostgres';
import { entryHash, GENESIS } from '../facts/chain';
import type { HistoryFact } from '../facts/HistoryFact';
import type { StreamState } from '../transitions/StreamState';
import { NOTHING_KNOWN } from '../transitions/StreamState';
import { projectReleases } from './projectReleases';
import { releaseOfFact, type SameAppend } from './releaseOfFact';
import {
  ENTRIES,
  STREAMS,
  chunks,
  type EntryRow,
  type StreamRow,
} from './rows';

/** The end of a chain. */
export interface StreamHead {
  seq: number;
  present: boolean;
  state: StreamState;
}

/** What became of the facts for one stream. */
export interface Appended {
  head: StreamHead;
  /** Whether the chain had grown meanwhile, so that nothing was written. */
  moved: boolean;
}

/** Facts for one stream. */
export interface StreamAppend {
  stream: string;
  cluster: string;
  facts: HistoryFact[];
  /**
   * What the facts follow from. They are left out when the chain has grown
   * since, because then they may follow no longer.
   */
  basedOn?: { seq: number; state: StreamState; present: boolean };
}

/** The chains of all rollouts, shared by all replicas of the backend. */
export class HistoryStore {
  constructor(readonly knex: Knex) {}

  /** The ends of chains; streams that have none are left out. */
  async heads(streams: string[]): Promise<Map<string, StreamHead>> {
    const heads = new Map<string, StreamHead>();
    for (const some of chunks(streams)) {
      const rows = await this.knex<StreamRow>(STREAMS).whereIn('stream', some);
      rows.forEach(row => heads.set(row.stream, toHead(row)));
    }
    return heads;
  }

  /** Streams of objects that were last known to be in the cluster. */
  async present(cluster: string): Promise<Map<string, StreamHead>> {
    const rows = await this.knex<StreamRow>(STREAMS).where({
      cluster,
      present: true,
    });
    return new Map(rows.map(row => [row.stream, toHead(row)]));
  }

  /**
   * Appends, all or nothing, and returns where the chains end now. A fact that
   * is there already is not written again.
   */
  async append(
    appends: StreamAppend[],
    now: number,
  ): Promise<Map<string, Appended>> {
    // In one order, so that two replicas never wait for each other.
    const inOrder = [...appends].sort((a, b) => (a.stream < b.stream ? -1 : 1));
    return this.knex.transaction(async transaction => {
      const locked = await lockHeads(transaction, inOrder);
      const known = await knownKeys(
        transaction,
        inOrder.map(({ stream, facts }) => ({
          stream,
          keys: facts.map(({ key }) => key),
        })),
      );
      const heads = new Map<string, Appended>();
      const rows: EntryRow[] = [];
      const changed = new Map<string, StreamRow>();
      for (const append of inOrder) {
        const row = locked.get(append.stream);
        if (!row) {
          throw new Error(`The head of chain ${append.stream} is gone`);
        }
        const { basedOn } = append;
        if (basedOn && basedOn.seq !== row.seq) {
          heads.set(append.stream, { head: toHead(row), moved: true });
          continue;
        }
        const facts = append.facts.filter(
          ({ key }) => !known.has(`${append.stream} ${key}`),
        );
        const added = await chain(transaction, row, facts, now);
        rows.push(...added);
        const last = added.at(-1);
        const head = {
          seq: last?.seq ?? row.seq,
          present: basedOn?.present ?? Boolean(row.present),
          state: basedOn?.state ?? JSON.parse(row.state),
        };
        heads.set(append.stream, { head, moved: false });
        // The same stream may come twice: the second follows from this one.
        row.seq = head.seq;
        row.hash = last?.hash ?? row.hash;
        row.present = head.present;
        row.state = basedOn ? JSON.stringify(head.state) : row.state;
        changed.set(append.stream, row);
      }
      for (const some of chunks([...changed.values()], 100)) {
        await transaction<StreamRow>(STREAMS)
          .insert(some)
          .onConflict('stream')
          .merge(['seq', 'hash', 'present', 'state']);
      }
      for (const some of chunks(rows, 80)) {
        await transaction<EntryRow>(ENTRIES).insert(some);
      }
      await projectReleases(transaction, rows);
      return heads;
    });
  }

  /** Which of these keys the chain has. */
  async knownKeys(stream: string, keys: string[]): Promise<Set<string>> {
    const known = await knownKeys(this.knex, [{ stream, keys }]);
    return new Set(keys.filter(key => known.has(`${stream} ${key}`)));
  }
}

function toHead({ seq, present, state }: StreamRow): StreamHead {
  return { seq, present: Boolean(present), state: JSON.parse(state) };
}

async function lockHeads(
  transaction: Knex.Transaction,
  appends: StreamAppend[],
): Promise<Map<string, StreamRow>> {
  const locked = new Map<string, StreamRow>();
  for (const some of chunks(appends, 100)) {
    await transaction<StreamRow>(STREAMS)
      .insert(
        some.map(({ stream, cluster }) => ({
          stream,
          cluster,
          seq: 0,
          hash: GENESIS,
          present: true,
          state: JSON.stringify(NOTHING_KNOWN),
        })),
      )
      .onConflict('stream')
      .ignore();
    const query = transaction<StreamRow>(STREAMS)
      .whereIn(
        'stream',
        some.map(({ stream }) => stream),
      )
      .orderBy('stream');
    const rows = await (isPostgres(transaction) ? query.forUpdate() : query);
    rows.forEach(row => locked.set(row.stream, row));
  }
  return locked;
}

async function knownKeys(
  knex: Knex,
  wanted: { stream: string; keys: string[] }[],
): Promise<Set<string>> {
  const known = new Set<string>();
  for (const some of chunks(wanted, 50)) {
    const streams = some.map(({ stream }) => stream);
    for (const keys of chunks(some.flatMap(each => each.keys))) {
      const rows = await knex<EntryRow>(ENTRIES)
        .select('stream', 'fact_key')
        .whereIn('stream', streams)
        .whereIn('fact_key', keys);
      rows.forEach(row => known.add(`${row.stream} ${row.fact_key}`));
    }
  }
  return known;
}

async function chain(
  transaction: Knex.Transaction,
  head: StreamRow,
  facts: HistoryFact[],
  now: number,
): Promise<EntryRow[]> {
  const rows: EntryRow[] = [];
  const keys = new Set<string>();
  const begun: SameAppend['begun'] = [];
  const releaseOfRequest = new Map<string, string>();
  for (const fact of facts) {
    if (keys.has(fact.key)) {
      continue;
    }
    keys.add(fact.key);
    const releaseId =
      fact.releaseId ??
      (await releaseOfFact(transaction, head.stream, fact, {
        begun,
        releaseOfRequest,
      }));
    if (fact.kind === 'release-started' && releaseId !== undefined) {
      begun.push({ id: releaseId, at: fact.at });
    }
    if (fact.kind === 'request' && releaseId !== undefined) {
      releaseOfRequest.set(fact.key, releaseId);
    }
    const row = {
      stream: head.stream,
      seq: head.seq + rows.length + 1,
      release_id: releaseId ?? null,
      kind: fact.kind,
      fact_key: fact.key,
      at: Math.round(fact.at),
      recorded_at: now,
      data: JSON.stringify(fact.data),
      previous_hash: rows.at(-1)?.hash ?? head.hash,
    };
    rows.push({ ...row, hash: entryHash(row) });
  }
  return rows;
}
