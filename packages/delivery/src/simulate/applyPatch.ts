type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7386. Returns a new value. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Json = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined) delete result[key];
    else result[key] = applyMergePatch(result[key], value);
  }
  return result;
}

interface Operation {
  op: string;
  path: string;
  value?: unknown;
}

/**
 * The part of RFC 6902 that the planner writes: add and replace below objects
 * and at existing places of lists. Returns a new value.
 */
export function applyJsonPatch<T>(target: T, patch: unknown): T {
  const result = structuredClone(target);
  for (const { op, path, value } of patch as Operation[]) {
    if (op !== 'add' && op !== 'replace') {
      throw new Error(`the simulator has no JSON patch operation "${op}"`);
    }
    const keys = path.split('/').slice(1);
    const last = keys.pop() ?? '';
    const parent = keys.reduce<Json>(
      (at, key) => at[key] as Json,
      result as unknown as Json,
    );
    parent[last] = value;
  }
  return result;
}
