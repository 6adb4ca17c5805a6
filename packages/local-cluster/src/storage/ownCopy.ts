/**
 * The store's own frozen copy of a JSON value. Parts that are frozen already
 * came from the store and are shared, so that changing one field of a large
 * object copies only the way to that field.
 */
export function ownCopy<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) {
    return value;
  }
  if (Array.isArray(value)) {
    return Object.freeze(
      value.map(item => (item === undefined ? null : ownCopy(item))),
    ) as T;
  }
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) setOwn(copy, key, ownCopy(item));
  }
  return Object.freeze(copy) as T;
}

/** Assigns a key that may be hostile: `__proto__` becomes a plain property. */
export function setOwn(
  target: Record<string, unknown>,
  key: string,
  value: unknown,
): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  } else {
    target[key] = value;
  }
}
