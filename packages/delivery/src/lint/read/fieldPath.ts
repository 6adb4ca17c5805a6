/** Keys and indices from an object's root. */
export type FieldPath = readonly (string | number)[];

const PART = /\[(\d+)\]|\[([^\]]+)\]|\.?([^.[\]]+)/g;

/** Of `spec.strategy.canary.steps[0].setWeight` or `metadata.labels[a.b/c]`. */
export function parseFieldPath(field: string): FieldPath {
  return [...field.matchAll(PART)].map(([, index, key, name]) =>
    index === undefined ? (key ?? name ?? '') : Number(index),
  );
}

const PLAIN = /^[A-Za-z_][\w-]*$/;

/** The reverse: keys with dots or slashes stand in brackets. */
export function formatFieldPath(path: FieldPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    if (!PLAIN.test(part)) return `${text}[${part}]`;
    return text ? `${text}.${part}` : part;
  }, '');
}
