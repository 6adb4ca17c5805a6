function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two JSON values are the same; absent and `undefined` are one. */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return (
      left.length === right.length &&
      left.every((value, i) => isSame(value, right[i]))
    );
  }
  if (!isObject(left) || !isObject(right)) return false;
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every(
    key => isSame(left[key], right[key]),
  );
}

/**
 * The JSON merge patch (RFC 7386) that turns one JSON value into another, or
 * `undefined` when they are the same.
 */
export function mergeDiff(before: unknown, after: unknown): unknown {
  if (isSame(before, after)) return undefined;
  if (!isObject(after)) return after;
  const from = isObject(before) ? before : {};
  const patch: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(from), ...Object.keys(after)])) {
    if (isSame(from[key], after[key])) continue;
    patch[key] =
      after[key] === undefined ? null : mergeDiff(from[key], after[key]);
  }
  return patch;
}
