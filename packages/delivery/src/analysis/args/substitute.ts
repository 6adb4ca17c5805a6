import type { AnalysisArgument } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Values by argument name. Look-ups see its own properties only. */
export type ArgumentValues = ReadonlyMap<string, string>;

/** A placeholder names an argument that has no value. */
export class UnresolvedArgumentError extends Error {
  readonly name = 'UnresolvedArgumentError';
  constructor(readonly argument: string) {
    super(`failed to resolve {{args.${argument}}}`);
  }
}

/** How a value is made safe for the place where it is put. */
export type Escape = (
  value: string,
  /** What stands before the placeholder, earlier values filled in. */
  before: string,
) => string;

const PLACEHOLDER = /\{\{\s*args\.([^{}\s]+)\s*\}\}/g;

/** Names of the arguments that a text has placeholders for. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(PLACEHOLDER)].map(match => match[1] as string);
}

/** Values of the arguments that are not read from elsewhere. */
export function argumentValues(
  args: AnalysisArgument[] | undefined,
): ArgumentValues {
  const values = new Map<string, string>();
  for (const { name, value } of args ?? []) {
    if (value !== undefined && value !== null) values.set(name, String(value));
  }
  return values;
}

/**
 * Fills `{{args.x}}` in, in one pass: a value that itself looks like a
 * placeholder stays as it is.
 *
 * @throws UnresolvedArgumentError
 */
export function substitute(
  text: string,
  values: ArgumentValues,
  escape: Escape = value => value,
): string {
  let filled = '';
  let at = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    filled += text.slice(at, match.index);
    const name = match[1] as string;
    const value = values.get(name);
    if (value === undefined) throw new UnresolvedArgumentError(name);
    filled += escape(value, filled);
    at = match.index + match[0].length;
  }
  return filled + text.slice(at);
}

/** `substitute` in every string of a JSON value; keys are left alone. */
export function substituteDeep<T>(value: T, values: ArgumentValues): T {
  if (typeof value === 'string') return substitute(value, values) as T;
  if (Array.isArray(value)) {
    return value.map(element => substituteDeep(element, values)) as T;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, of]) => [key, substituteDeep(of, values)]),
  ) as T;
}
