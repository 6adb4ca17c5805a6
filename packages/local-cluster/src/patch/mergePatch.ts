import { isRecord } from '../schema/isRecord';
import { setOwn } from '../storage/ownCopy';

/** A JSON merge patch as in RFC 7386. What the patch does not touch is shared. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const result: Record<string, unknown> = {};
  const base = isRecord(target) ? target : {};
  for (const [key, value] of Object.entries(base)) {
    if (!Object.hasOwn(patch, key)) setOwn(result, key, value);
    else if (patch[key] !== null) {
      setOwn(result, key, mergePatch(value, patch[key]));
    }
  }
  for (const [key, value] of Object.entries(patch)) {
    if (value !== null && !Object.hasOwn(base, key)) {
      setOwn(result, key, mergePatch(undefined, value));
    }
  }
  return result;
}
