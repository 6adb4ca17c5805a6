import { StoredObject } from '../api/clusterApi';
import { Change } from './change';
import { lowerBound } from './lowerBound';

export interface CollectionLimits {
  /** Changes remembered at most. */
  changes: number;
  /** Milliseconds after which a change is forgotten. */
  age: number;
}

/**
 * All objects of one resource in the order of their keys (`namespace/name`),
 * and a bounded log of changes, from which watches resume and lists as of an
 * earlier revision are rebuilt. What the log no longer reaches is `Gone`.
 *
 * Implemented beside etcd and the watch cache: order, history by revision,
 * compaction. Not implemented: transactions over several keys, leases.
 */
export class Collection {
  private readonly objects = new Map<string, StoredObject>();
  private readonly keys: string[] = [];
  private changes: Change[] = [];
  private readonly subscribers = new Set<(change: Change) => void>();
  /** Changes up to and including this revision are forgotten. */
  private forgotten: number;

  constructor(
    private readonly limits: CollectionLimits,
    revision: number,
  ) {
    this.forgotten = revision;
  }

  get size(): number {
    return this.objects.size;
  }

  get(key: string): StoredObject | undefined {
    return this.objects.get(key);
  }

  /** Puts an object in place without a change, when a snapshot is restored. */
  restore(key: string, object: StoredObject): void {
    if (!this.objects.has(key)) {
      this.keys.splice(lowerBound(this.keys, key), 0, key);
    }
    this.objects.set(key, object);
  }

  write(change: Change): void {
    const { key } = change;
    if (change.type === 'DELETED') {
      this.objects.delete(key);
      this.keys.splice(lowerBound(this.keys, key), 1);
    } else {
      if (!this.objects.has(key)) {
        this.keys.splice(lowerBound(this.keys, key), 0, key);
      }
      this.objects.set(key, change.object);
    }
    this.changes.push(change);
    this.forgetOld(change.at);
    for (const notify of [...this.subscribers]) notify(change);
  }

  /** Calls back within every write from now on. Returns a function that stops. */
  subscribe(notify: (change: Change) => void): () => void {
    this.subscribers.add(notify);
    return () => this.subscribers.delete(notify);
  }

  /** The objects whose key starts with `prefix`, in order. */
  range(prefix = '', after?: string): StoredObject[] {
    const found: StoredObject[] = [];
    let index = lowerBound(this.keys, prefix);
    if (after !== undefined) {
      const next = lowerBound(this.keys, after);
      index = Math.max(index, this.keys[next] === after ? next + 1 : next);
    }
    for (; index < this.keys.length; index++) {
      const key = this.keys[index]!;
      if (!key.startsWith(prefix)) break;
      found.push(this.objects.get(key)!);
    }
    return found;
  }

  /**
   * Like `range`, as of an earlier revision: the log is walked backwards from
   * now. Undefined when the log does not reach that far.
   */
  rangeAt(
    revision: number,
    prefix = '',
    after?: string,
  ): StoredObject[] | undefined {
    const later = this.since(revision);
    if (!later) return undefined;
    if (later.length === 0) return this.range(prefix, after);
    const then = new Map<string, StoredObject | undefined>();
    for (let index = later.length - 1; index >= 0; index--) {
      const change = later[index]!;
      then.set(change.key, change.previous);
    }
    const keys = new Set(this.keys);
    for (const key of then.keys()) keys.add(key);
    return [...keys]
      .filter(
        key => key.startsWith(prefix) && (after === undefined || key > after),
      )
      .sort(byCodeUnit)
      .map(key => (then.has(key) ? then.get(key) : this.objects.get(key)))
      .filter(object => object !== undefined);
  }

  /** Changes after `revision`, or undefined when some of them are forgotten. */
  since(revision: number): Change[] | undefined {
    if (revision < this.forgotten) return undefined;
    let start = this.changes.length;
    while (start > 0 && this.changes[start - 1]!.revision > revision) start--;
    return this.changes.slice(start);
  }

  /** Forgets all changes: watches and continue tokens from before are Gone. */
  compact(revision: number): void {
    this.changes = [];
    this.forgotten = revision;
  }

  private forgetOld(now: number): void {
    const { changes, limits } = this;
    let drop = 0;
    while (drop < changes.length && changes[drop]!.at < now - limits.age) {
      drop++;
    }
    // A quarter at a time, so that a busy collection does not shift at each write.
    if (changes.length - drop > limits.changes) {
      drop = Math.max(drop, Math.ceil(limits.changes / 4));
    }
    if (drop > 0) {
      this.forgotten = changes[drop - 1]!.revision;
      changes.splice(0, drop);
    }
  }
}

function byCodeUnit(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
