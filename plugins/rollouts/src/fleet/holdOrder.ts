import type { FleetItem } from './FleetItems';

/** Rows in the order in which they stood, and what has changed since. */
export interface HeldOrder {
  items: FleetItem[];
  /** Keys that are no more, or that the filter does not let through any more. */
  gone: ReadonlySet<string>;
  /** How many rows have come, gone, or would stand elsewhere. */
  changes: number;
}

/**
 * Keeps rows where they stood while somebody points at them: each shows what
 * is new in it, what went stays as it was last, what came waits.
 * @param before - as they stood
 * @param after - as they would stand now
 */
export function holdOrder(before: FleetItem[], after: FleetItem[]): HeldOrder {
  const now = new Map(after.map(item => [item.key, item]));
  const stood = new Set(before.map(({ key }) => key));
  const gone = new Set<string>();
  const items = before.map(item => {
    const current = now.get(item.key);
    if (!current) {
      gone.add(item.key);
    }
    return current ?? item;
  });
  const came = after.filter(({ key }) => !stood.has(key)).length;
  return { items, gone, changes: came + gone.size + moved(items, after, gone) };
}

/** Rows that both orders have, and that follow another one now. */
function moved(
  items: FleetItem[],
  after: FleetItem[],
  gone: ReadonlySet<string>,
): number {
  const stayed = items.filter(({ key }) => !gone.has(key));
  const keys = new Set(stayed.map(({ key }) => key));
  let at = 0;
  let count = 0;
  for (const { key } of after) {
    if (keys.has(key)) {
      if (stayed[at]!.key !== key) {
        count++;
      }
      at++;
    }
  }
  return count;
}
