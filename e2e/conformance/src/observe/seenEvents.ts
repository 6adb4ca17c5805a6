import type { AnyObject } from '@progressive-delivery/kube';

/**
 * Events of one kind of object by their reason. Not their order: repeats are
 * counted together, and what comes too fast is dropped.
 */
export class SeenEvents {
  readonly reasons = new Set<string>();
  readonly #counts = new Map<string, Map<string, number>>();

  see({ metadata, involvedObject, reason, type, count }: AnyObject) {
    this.reasons.add(`${type} ${reason}`);
    const counts = this.#counts.get(involvedObject.uid) ?? new Map();
    counts.set(metadata.name, count ?? 1);
    this.#counts.set(involvedObject.uid, counts);
  }

  /** How many one object had, at most. */
  get mostOfOneObject(): number {
    const totals = [...this.#counts.values()].map(counts =>
      [...counts.values()].reduce((sum, count) => sum + count, 0),
    );
    return Math.max(0, ...totals);
  }
}
