import { setOwn } from './ownCopy';

/** A deep copy of a JSON value that may be changed, without undefined fields. */
export function mutableCopy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(mutableCopy) as T;
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) setOwn(copy, key, mutableCopy(item));
  }
  return copy as T;
}
