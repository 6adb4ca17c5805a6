import { isDeepStrictEqual } from 'node:util';

/** Equal as JSON: a field that is undefined counts as absent. */
export function same(left: unknown, right: unknown): boolean {
  return isDeepStrictEqual(plain(left), plain(right));
}

const plain = (value: unknown): unknown =>
  value === undefined ? undefined : JSON.parse(JSON.stringify(value));
