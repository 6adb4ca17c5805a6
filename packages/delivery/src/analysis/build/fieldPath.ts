const SEGMENT = /^(?:\.?([^.[\]'"]+)|\[(?:'([^']*)'|"([^"]*)"|(\d+))\])/;

/**
 * Splits `metadata.labels['app.kubernetes.io/name']` or
 * `spec.template.spec.containers[0].image` into its keys. `undefined` when
 * the path is not written like that.
 */
export function parseFieldPath(path: string): string[] | undefined {
  const keys: string[] = [];
  let rest = path;
  while (rest) {
    const match = SEGMENT.exec(rest);
    if (!match) return undefined;
    keys.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? '');
    rest = rest.slice(match[0].length);
  }
  return keys.length ? keys : undefined;
}

/** A line for each key, as the downward API of pods writes labels. */
function formatMap(map: object): string {
  return Object.entries(map)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${JSON.stringify(String(value))}`)
    .join('\n');
}

/**
 * The scalar at a field path as text (all labels or annotations: one a line), or `undefined` where there is none.
 * Only own properties are followed.
 */
export function readField(object: unknown, path: string): string | undefined {
  const isMap = /^metadata\.(labels|annotations)$/.test(path);
  let at: unknown = object;
  for (const key of parseFieldPath(path) ?? []) {
    if (typeof at !== 'object' || at === null) return undefined;
    if (!Object.prototype.hasOwnProperty.call(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  if (isMap && typeof at === 'object' && at !== null) return formatMap(at);
  switch (typeof at) {
    case 'string':
    case 'number':
    case 'boolean':
      return String(at);
    default:
      return undefined;
  }
}
