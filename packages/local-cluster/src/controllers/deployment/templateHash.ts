import { createHash } from 'node:crypto';

export const HASH_LABEL = 'pod-template-hash';

/** Without vowels and what looks like them, so that no word comes out. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/**
 * A short name for a pod template, the same for the same template. After a
 * collision of names, `collisionCount` gives another one.
 */
export function templateHash(
  template: unknown,
  collisionCount: number,
): string {
  const digest = createHash('sha256')
    .update(JSON.stringify(sorted(template)))
    .update(`/${collisionCount}`)
    .digest();
  return [...digest.subarray(0, 10)]
    .map(byte => ALPHABET[byte % ALPHABET.length])
    .join('');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
