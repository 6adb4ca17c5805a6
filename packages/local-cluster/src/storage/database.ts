import { Clock } from '../api/clock';
import { StoredObject } from '../api/clusterApi';
import { Change } from './change';
import { Collection, CollectionLimits } from './collection';
import { ownCopy } from './ownCopy';

export interface DatabaseOptions {
  clock: Clock;
  limits?: Partial<CollectionLimits>;
}

/**
 * The cluster's memory: one collection per resource (`apps/replicasets`), one
 * revision counter for all of them. Every object in it is frozen and carries
 * the revision of its last write as `metadata.resourceVersion`.
 */
export class Database {
  private readonly collections = new Map<string, Collection>();
  private readonly clock: Clock;
  private readonly limits: CollectionLimits;
  private readonly subscribers = new Set<() => void>();
  private current = 1;

  constructor(options: DatabaseOptions) {
    this.clock = options.clock;
    this.limits = { changes: 20_000, age: 5 * 60_000, ...options.limits };
  }

  /** The revision of the last write. */
  get revision(): number {
    return this.current;
  }

  collection(id: string): Collection {
    let collection = this.collections.get(id);
    if (!collection) {
      collection = new Collection(this.limits, this.current);
      this.collections.set(id, collection);
    }
    return collection;
  }

  /** Collections that hold or have held an object, by their id. */
  entries(): IterableIterator<[string, Collection]> {
    return this.collections.entries();
  }

  /** Writes an object, new or changed, and returns it as it is stored. */
  put(id: string, key: string, object: StoredObject): StoredObject {
    const collection = this.collection(id);
    const previous = collection.get(key);
    const stored = this.stamp(object);
    this.record(collection, {
      revision: this.current,
      type: previous ? 'MODIFIED' : 'ADDED',
      key,
      object: stored,
      previous,
      at: this.clock.now(),
    });
    return stored;
  }

  /** Removes an object and returns its last state. */
  remove(id: string, key: string, last?: StoredObject): StoredObject {
    const collection = this.collection(id);
    const previous = collection.get(key);
    if (!previous) throw new Error(`${id} has no object ${key} to remove`);
    const stored = this.stamp(last ?? previous);
    this.record(collection, {
      revision: this.current,
      type: 'DELETED',
      key,
      object: stored,
      previous,
      at: this.clock.now(),
    });
    return stored;
  }

  /** Takes over the revision of a restored snapshot. */
  advanceTo(revision: number): void {
    this.current = Math.max(this.current, revision);
    for (const collection of this.collections.values()) {
      collection.compact(this.current);
    }
  }

  /** Makes every resourceVersion and continue token handed out so far Gone. */
  compact(): void {
    // One step on, so that a watch from the current revision is too old as well.
    this.advanceTo(this.current + 1);
  }

  /** Calls back after each write. Returns a function that stops. */
  onWrite(notify: () => void): () => void {
    this.subscribers.add(notify);
    return () => this.subscribers.delete(notify);
  }

  private stamp(object: StoredObject): StoredObject {
    this.current++;
    return ownCopy({
      ...object,
      metadata: { ...object.metadata, resourceVersion: String(this.current) },
    });
  }

  private record(collection: Collection, change: Change): void {
    collection.write(change);
    for (const notify of [...this.subscribers]) notify();
  }
}
