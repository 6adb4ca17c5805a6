/** A copy of JSON-like data that shares nothing with it; several times as fast as `structuredClone`. */
export function copyJson<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson) as T;
  const copy: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) {
    // Assigning to this name would set the prototype.
    if (key === '__proto__') {
      Object.defineProperty(copy, key, {
        value: copyJson(each),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    } else copy[key] = copyJson(each);
  }
  return copy as T;
}
