import type { ReleaseSummary } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ChainedRow } from '../facts/chain';
import type { HistoryEntry } from '../facts/HistoryFact';

export const ENTRIES = 'rollouts_history_entries';
export const ANCHORS = 'rollouts_history_anchors';
export const STREAMS = 'rollouts_history_streams';
export const RELEASES = 'rollouts_history_releases';
export const WATCHES = 'rollouts_history_watches';
export const POSITIONS = 'rollouts_history_positions';
export const IMAGES = 'rollouts_history_images';
export const PEOPLE = 'rollouts_history_people';
export const ENTITIES = 'rollouts_history_entities';

/** PostgreSQL hands big integers out as text. */
export type BigInteger = number | string;

export interface EntryRow extends Omit<ChainedRow, 'at' | 'recorded_at'> {
  at: BigInteger;
  recorded_at: BigInteger;
  hash: string;
}

export interface StreamRow {
  stream: string;
  cluster: string;
  seq: number;
  hash: string;
  present: boolean | number;
  state: string;
}

export interface ReleaseRow {
  id: string;
  stream: string;
  cluster: string;
  namespace: string;
  name: string;
  uid: string;
  outcome: string;
  sorted_at: BigInteger;
  started_at: BigInteger | null;
  ended_at: BigInteger | null;
  restored_at: BigInteger | null;
  committed_at: BigInteger | null;
  rolled_back_at: BigInteger | null;
  /** False: nobody saw it end, and `ended_at` is when somebody looked again. */
  end_observed: boolean | number;
  first_seq: number;
  last_seq: number;
  /** JSON of a ReleaseRecord. */
  summary: string;
}

export interface WatchRow {
  cluster: string;
  replica: string;
  seen_at: BigInteger;
  stopped: boolean | number;
}

export interface AnchorRow {
  stream: string;
  seq: number;
  hash: string;
  removed_at: BigInteger;
}

export function toEntry(row: EntryRow): HistoryEntry {
  return {
    stream: row.stream,
    seq: row.seq,
    releaseId: row.release_id ?? undefined,
    kind: row.kind,
    key: row.fact_key,
    at: Number(row.at),
    recordedAt: Number(row.recorded_at),
    data: JSON.parse(row.data),
    previousHash: row.previous_hash,
    hash: row.hash,
  } as HistoryEntry;
}

export function summaryOf({ summary }: Pick<ReleaseRow, 'summary'>) {
  return JSON.parse(summary).summary as ReleaseSummary;
}

/** SQLite takes only so many parameters in one statement. */
export function chunks<T>(items: readonly T[], size = 400): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/** What has the same value, together, in the order of the items. */
export function groupBy<T>(
  items: readonly T[],
  valueOf: (item: T) => string,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const value = valueOf(item);
    const group = groups.get(value);
    if (group) {
      group.push(item);
    } else {
      groups.set(value, [item]);
    }
  }
  return groups;
}
