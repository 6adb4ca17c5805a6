/** Finds the keys of objects by a value computed from them. */
export class StoreIndex<T> {
  readonly #valuesOf: (object: T) => readonly string[];
  readonly #keys = new Map<string, Set<string>>();

  constructor(valuesOf: (object: T) => readonly string[]) {
    this.#valuesOf = valuesOf;
  }

  keys(value: string): Iterable<string> {
    return this.#keys.get(value) ?? [];
  }

  values(): Iterable<string> {
    return this.#keys.keys();
  }

  replace(key: string, previous: T | undefined, next: T | undefined) {
    const before = previous ? this.#valuesOf(previous) : [];
    const after = next ? this.#valuesOf(next) : [];
    for (const value of before) {
      if (!after.includes(value)) this.#remove(value, key);
    }
    for (const value of after) {
      const keys = this.#keys.get(value);
      if (keys) keys.add(key);
      else this.#keys.set(value, new Set([key]));
    }
  }

  #remove(value: string, key: string) {
    const keys = this.#keys.get(value);
    keys?.delete(key);
    if (keys?.size === 0) this.#keys.delete(value);
  }
}
