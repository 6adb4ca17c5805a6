/** Pieces of the Common Expression Language, as admission policies evaluate it. */

/** A list of strings. */
export function celList(values: readonly string[]): string {
  return `[${values.map(celString).join(', ')}]`;
}

/** JSON's escapes are CEL's as well. */
export function celString(value: string): string {
  return JSON.stringify(value);
}

/** Whether an optional boolean at a path is true: `object.spec.paused`. */
export function celIsTrue(path: string): string {
  const parts = path.split('.');
  const steps = parts
    .slice(1)
    .map((_, index) => `has(${parts.slice(0, index + 2).join('.')})`);
  return `${steps.join(' && ')} && ${path} == true`;
}

/**
 * Whether two maps are the same but for some keys. `dyn`, because the API
 * server knows what kind of object it is and would complain of its use as a map.
 */
export function celSameBut(
  before: string,
  after: string,
  but: readonly string[],
): string {
  const list = celList(but);
  return [
    `${after}.all(key, key in ${list} || (key in ${before} && ${after}[key] == ${before}[key]))`,
    `${before}.all(key, key in ${list} || key in ${after})`,
  ].join(' && ');
}
