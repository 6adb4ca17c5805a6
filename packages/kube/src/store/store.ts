import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { asError } from '../client/asError';
import { type Clock, systemClock } from '../clock/clock';
import { SeenVersions } from './seenVersions';
import { StoreIndex } from './storeIndex';

export type StoreChange<T> =
  | { type: 'added'; object: T }
  | { type: 'modified'; object: T; previous: T }
  | { type: 'deleted'; object: T };

/** What another place must have seen: the answer to one's own write. */
export interface Written {
  metadata: { name: string; namespace?: string; resourceVersion?: string };
}

export interface StoreOptions<T> {
  /** `byIndex` finds objects by these values; `[]` leaves an object out. */
  indexes?: Record<string, (object: T) => readonly string[]>;
  /** A subscriber that throws does not stop the others; its error comes here. */
  onSubscriberError?: (error: unknown) => void;
  clock?: Clock;
}

export function storeKey(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name;
}

/**
 * The objects of one kind as last heard from a cluster. One object per
 * namespace and name; another uid under the same name is another object: the
 * old one is reported deleted first (fault 26). Objects are shared with all
 * readers: treat them as frozen.
 */
export class Store<T extends KubeObject> {
  readonly #objects = new Map<string, T>();
  readonly #namespaces: StoreIndex<T>;
  readonly #indexes = new Map<string, StoreIndex<T>>();
  readonly #subscribers = new Set<(change: StoreChange<T>) => void>();
  readonly #onSubscriberError: (error: unknown) => void;
  readonly #clock: Clock;
  readonly #seen = new SeenVersions();
  readonly #waiting = new Set<() => void>();
  #listsBegun = 0;
  #lastFullList = 0;
  #synced = false;

  constructor(options: StoreOptions<T> = {}) {
    this.#namespaces = new StoreIndex(({ metadata }) =>
      metadata.namespace ? [metadata.namespace] : [],
    );
    for (const [name, valuesOf] of Object.entries(options.indexes ?? {})) {
      this.#indexes.set(name, new StoreIndex(valuesOf));
    }
    this.#onSubscriberError =
      options.onSubscriberError ??
      (error => process.emitWarning(asError(error)));
    this.#clock = options.clock ?? systemClock;
  }

  get size(): number {
    return this.#objects.size;
  }

  /** Whether a complete list has been stored at least once. */
  get synced(): boolean {
    return this.#synced;
  }

  get(namespace: string | undefined, name: string): T | undefined {
    return this.#objects.get(storeKey(namespace, name));
  }

  /** All objects, or those of one namespace. */
  list(namespace?: string): T[] {
    if (namespace === undefined) return [...this.#objects.values()];
    return this.#resolve(this.#namespaces.keys(namespace));
  }

  byIndex(index: string, value: string): T[] {
    return this.#resolve(this.#index(index).keys(value));
  }

  /** The values that the index has objects for. */
  indexValues(index: string): string[] {
    return [...this.#index(index).values()];
  }

  /** Calls back after each change, in order. Returns a function that stops. */
  subscribe(callback: (change: StoreChange<T>) => void): () => void {
    this.#subscribers.add(callback);
    return () => {
      this.#subscribers.delete(callback);
    };
  }

  /**
   * Resolves `true` once this store has seen the result of a write (fault
   * 13), be it by its event or by a list begun after this call; `false` when
   * the time is over first. Call it with the object the write answered.
   */
  waitFor(written: Written, timeoutMilliseconds = 30_000): Promise<boolean> {
    const { resourceVersion } = written.metadata;
    const since = this.#listsBegun;
    return this.#until(
      () =>
        resourceVersion === undefined ||
        this.#seen.has(resourceVersion) ||
        this.#lastFullList > since,
      timeoutMilliseconds,
    );
  }

  /** Resolves `true` once the object with this uid is gone. */
  waitForDeletion(
    object: KubeObject,
    timeoutMilliseconds = 30_000,
  ): Promise<boolean> {
    const { namespace, name, uid } = object.metadata;
    return this.#until(
      () => this.get(namespace, name)?.metadata.uid !== uid,
      timeoutMilliseconds,
    );
  }

  /** Resolves `true` once the object with this uid is gone or marked to go. */
  waitForDeletionMark(
    object: KubeObject,
    timeoutMilliseconds = 30_000,
  ): Promise<boolean> {
    const { namespace, name, uid } = object.metadata;
    return this.#until(() => {
      const now = this.get(namespace, name)?.metadata;
      return now?.uid !== uid || now?.deletionTimestamp !== undefined;
    }, timeoutMilliseconds);
  }

  /** Resolves once a complete list is stored; `false` when the time is over first. */
  waitForSync(timeoutMilliseconds = 30_000): Promise<boolean> {
    return this.#until(() => this.#synced, timeoutMilliseconds);
  }

  /** For whoever fills the store: stores one object as an event brought it. */
  put(object: T) {
    this.#seen.add(object.metadata.resourceVersion);
    this.#put(object);
    this.#wake();
  }

  /** For whoever fills the store: removes an object as an event told. */
  remove(object: T) {
    this.#seen.add(object.metadata.resourceVersion);
    const key = storeKey(object.metadata.namespace, object.metadata.name);
    this.#remove(key, object);
    this.#wake();
  }

  /** For whoever fills the store: a list request is about to be sent. Returns its number. */
  beginList(): number {
    this.#listsBegun += 1;
    return this.#listsBegun;
  }

  /**
   * For whoever fills the store: makes it equal a complete list, reporting
   * only real differences. Yields every `batch` objects so that no caller of
   * the event loop waits long.
   */
  async replaceAll(
    objects: Map<string, T>,
    list: number,
    yieldNow: () => Promise<void>,
    batch = 500,
  ): Promise<void> {
    let handled = 0;
    for (const key of [...this.#objects.keys()]) {
      if (!objects.has(key)) this.#remove(key);
      if (++handled % batch === 0) await yieldNow();
    }
    for (const object of objects.values()) {
      // Nobody waits for what was written before the first list.
      if (this.#synced) this.#seen.add(object.metadata.resourceVersion);
      this.#put(object);
      if (++handled % batch === 0) await yieldNow();
    }
    this.#lastFullList = Math.max(this.#lastFullList, list);
    this.#synced = true;
    this.#wake();
  }

  #put(object: T) {
    const key = storeKey(object.metadata.namespace, object.metadata.name);
    const previous = this.#objects.get(key);
    if (previous && previous.metadata.uid !== object.metadata.uid) {
      this.#remove(key);
      this.#put(object);
      return;
    }
    if (
      previous &&
      previous.metadata.resourceVersion === object.metadata.resourceVersion
    ) {
      return;
    }
    this.#objects.set(key, object);
    this.#reindex(key, previous, object);
    this.#emit(
      previous
        ? { type: 'modified', object, previous }
        : { type: 'added', object },
    );
  }

  #remove(key: string, last?: T) {
    const previous = this.#objects.get(key);
    if (!previous) return;
    if (last && last.metadata.uid !== previous.metadata.uid) return;
    this.#objects.delete(key);
    this.#reindex(key, previous, undefined);
    this.#emit({ type: 'deleted', object: last ?? previous });
  }

  #reindex(key: string, previous: T | undefined, next: T | undefined) {
    this.#namespaces.replace(key, previous, next);
    for (const index of this.#indexes.values()) {
      index.replace(key, previous, next);
    }
  }

  #emit(change: StoreChange<T>) {
    for (const subscriber of this.#subscribers) {
      try {
        subscriber(change);
      } catch (error) {
        this.#onSubscriberError(error);
      }
    }
  }

  #index(name: string): StoreIndex<T> {
    const index = this.#indexes.get(name);
    if (!index) throw new TypeError(`The store has no index "${name}"`);
    return index;
  }

  #resolve(keys: Iterable<string>): T[] {
    const found: T[] = [];
    for (const key of keys) {
      const object = this.#objects.get(key);
      if (object) found.push(object);
    }
    return found;
  }

  #until(condition: () => boolean, timeout: number): Promise<boolean> {
    if (condition()) return Promise.resolve(true);
    return new Promise(resolve => {
      let cancel = () => {};
      const finish = (check: () => void, result: boolean) => {
        this.#waiting.delete(check);
        cancel();
        resolve(result);
      };
      const check = () => {
        if (condition()) finish(check, true);
      };
      cancel = this.#clock.after(timeout, () => finish(check, false));
      this.#waiting.add(check);
    });
  }

  #wake() {
    for (const check of [...this.#waiting]) check();
  }
}
