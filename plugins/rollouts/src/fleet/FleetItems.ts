import {
  fleetText,
  type FilterableRow,
  type FleetRow,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { rolloutKey } from '../live/entityRolloutsState';

/** A row, under the name that stays the same while it changes. */
export interface FleetItem extends FilterableRow {
  key: string;
}

/** The item of a row. */
export function fleetItem(row: FleetRow): FleetItem {
  return { key: rolloutKey(row.ref), row, text: fleetText(row) };
}

/**
 * The rows as the stream tells of them, and as a list has them. What the
 * stream says while a list is being read is newer than the list, and wins.
 */
export class FleetItems {
  #items: ReadonlyMap<string, FleetItem> = new Map();
  /** Keys that the stream spoke of since the last list was begun. */
  #spokenOf = new Set<string>();

  /** By key. Each change makes a new one. */
  get all(): ReadonlyMap<string, FleetItem> {
    return this.#items;
  }

  /** Returns whether what waits for somebody may be something else now. */
  put(rows: readonly FleetRow[]): boolean {
    const items = new Map(this.#items);
    let concerns = false;
    for (const item of rows.map(fleetItem)) {
      concerns ||=
        item.row.waits !== undefined ||
        items.get(item.key)?.row.waits !== undefined;
      items.set(item.key, item);
      this.#spokenOf.add(item.key);
    }
    this.#items = items;
    return concerns;
  }

  remove(keys: readonly string[]): void {
    const items = new Map(this.#items);
    for (const key of keys) {
      items.delete(key);
      this.#spokenOf.add(key);
    }
    this.#items = items;
  }

  /** Somebody begins to read the list. */
  listBegins(): void {
    this.#spokenOf = new Set();
  }

  /** All that the list has, which was begun last. */
  list(rows: Iterable<FleetRow>): void {
    const items = new Map<string, FleetItem>();
    for (const row of rows) {
      const item = fleetItem(row);
      items.set(item.key, item);
    }
    for (const key of this.#spokenOf) {
      const spoken = this.#items.get(key);
      if (spoken) {
        items.set(key, spoken);
      } else {
        items.delete(key);
      }
    }
    this.#items = items;
  }
}
