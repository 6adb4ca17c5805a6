import { setOwn } from './setOwn';

/** A copy of JSON-like data that shares nothing with it; several times as fast as `structuredClone`. */
export function copyJson<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson) as T;
  const copy: Record<string, unknown> = {};
  for (const [key, each] of Object.entries(value)) {
    setOwn(copy, key, copyJson(each));
  }
  return copy as T;
}
