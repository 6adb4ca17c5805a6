import type { Step } from '../operators';
import { ExpressionError } from '../limits';
import { typeName } from '../values';

/** What a builtin may use beside its arguments. */
export interface BuiltinContext {
  step: Step;
  /** Milliseconds since the epoch. */
  now: number;
}

/** A function of the language, by name in one of the tables beside this file. */
export type Builtin = (args: unknown[], context: BuiltinContext) => unknown;

/** The predicate or mapper of a closure builtin. */
export type Closure = (
  element: unknown,
  index: number,
  acc?: unknown,
) => unknown;

function wrong(name: string, wanted: string, value: unknown): never {
  throw new ExpressionError(
    `invalid argument for ${name} (expected ${wanted}, got ${typeName(value)})`,
  );
}

export function asArray(name: string, value: unknown): unknown[] {
  return Array.isArray(value) ? value : wrong(name, 'array', value);
}

export function asText(name: string, value: unknown): string {
  return typeof value === 'string' ? value : wrong(name, 'string', value);
}

export function asNumber(name: string, value: unknown): number {
  return typeof value === 'number' ? value : wrong(name, 'number', value);
}

export function asBoolean(name: string, value: unknown): boolean {
  return typeof value === 'boolean' ? value : wrong(name, 'bool', value);
}
