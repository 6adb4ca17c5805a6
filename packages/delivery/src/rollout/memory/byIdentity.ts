/**
 * What was computed from objects, kept for as long as somebody has them. By
 * identity: objects of a view are never changed in place.
 */
export class ByIdentity<Key extends object, Value> {
  readonly #known = new WeakMap<Key, { value: Value; beside: unknown[] }>();

  /**
   * @param beside - what else the value depends on, by identity as well; only
   * the last of them are kept
   */
  of(key: Key, make: () => Value, beside: unknown[] = []): Value {
    // What somebody has written need not be an object.
    if (typeof key !== 'object' || key === null) return make();
    const known = this.#known.get(key);
    if (
      known?.beside.length === beside.length &&
      beside.every((each, i) => each === known.beside[i])
    ) {
      return known.value;
    }
    const value = make();
    this.#known.set(key, { value, beside });
    return value;
  }
}
