/** What is in an object of another project: any field may be anything. */
export type Fields = Record<string, unknown>;

/** Whether a value has fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Follows own properties of whatever somebody has put into a cluster. */
export function fieldAt(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (at, key) => (isFields(at) && Object.hasOwn(at, key) ? at[key] : undefined),
    value,
  );
}

export function listAt(value: unknown, ...path: string[]): unknown[] {
  const found = fieldAt(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function textAt(value: unknown, ...path: string[]): string | undefined {
  const found = fieldAt(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

/** A weight; one that is left out, or is none, counts for nothing. */
export function weightAt(value: unknown, ...path: string[]): number {
  const found = Number(fieldAt(value, ...path));
  return Number.isFinite(found) ? found : 0;
}

/** A copy with another value at a place; `undefined` takes the field away. */
export function withField<T>(value: T, path: string[], field: unknown): T {
  const [key, ...rest] = path;
  if (key === undefined) return field as T;
  if (field === undefined && fieldAt(value, ...path) === undefined) {
    return value;
  }
  const fields: Fields = isFields(value) ? value : {};
  const next = withField(fieldAt(fields, key), rest, field);
  return Object.fromEntries(
    Object.entries({ ...fields, [key]: next }).filter(
      ([, each]) => each !== undefined,
    ),
  ) as T;
}
