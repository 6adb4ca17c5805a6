import { copyJson } from '../rollout/copyJson';
import { setOwn } from '../rollout/setOwn';

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const ownAt = (target: Json, key: string): unknown =>
  Object.hasOwn(target, key) ? target[key] : undefined;

/** RFC 7386. Returns a new value. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Json = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined) delete result[key];
    else setOwn(result, key, applyMergePatch(ownAt(result, key), value));
  }
  return result;
}

interface Operation {
  op: string;
  path: string;
  value?: unknown;
}

const unescaped = (key: string) =>
  key.replaceAll('~1', '/').replaceAll('~0', '~');

/**
 * The part of RFC 6902 that the planner writes: add, replace and remove below
 * objects, and at existing places of lists. Returns a new value.
 */
export function applyJsonPatch<T>(target: T, patch: unknown): T {
  const result = copyJson(target);
  for (const { op, path, value } of patch as Operation[]) {
    if (op !== 'add' && op !== 'replace' && op !== 'remove') {
      throw new Error(`the simulator has no JSON patch operation "${op}"`);
    }
    const keys = path.split('/').slice(1).map(unescaped);
    const last = keys.pop() ?? '';
    const parent = keys.reduce<Json>(
      (at, key) => ownAt(at, key) as Json,
      result as unknown as Json,
    );
    if (op === 'remove') delete parent[last];
    else setOwn(parent, last, copyJson(value));
  }
  return result;
}
