/**
 * A JSON value without fields that are `null`: the API server drops them. An
 * element of a list that is `null` stays, for it would shift the others.
 */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, of] of Object.entries(value)) {
    if (of === null) continue;
    // A plain assignment to this key would change the prototype.
    if (key === '__proto__') continue;
    kept[key] = withoutNulls(of);
  }
  return kept;
}
