// Manifests are open: whoever reads them narrows.
export type Json = Record<string, any>;

/** Objects are merged, all else replaced; `undefined` takes a key away. */
export function deepMerge(base: Json, over: Json): Json {
  const merged: Json = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) delete merged[key];
    else if (isObject(value) && isObject(merged[key])) {
      merged[key] = deepMerge(merged[key], value);
    } else merged[key] = value;
  }
  return merged;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
