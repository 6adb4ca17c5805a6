import type { FactKind, HistoryEntry } from '../facts/HistoryFact';

export type EntryOf<K extends FactKind> = Extract<HistoryEntry, { kind: K }>;

/** The entries of one kind, in the order of the chain. */
export function ofKind<K extends FactKind>(
  entries: HistoryEntry[],
  kind: K,
): EntryOf<K>[] {
  return entries.filter((entry): entry is EntryOf<K> => entry.kind === kind);
}

/** RFC 3339 in UTC. */
export function iso(at: number): string {
  return new Date(at).toISOString();
}
