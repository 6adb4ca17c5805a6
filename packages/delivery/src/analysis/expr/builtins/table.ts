import type { Builtin } from './builtin';
import { CLOSURES, type ClosureBuiltin } from './closures';
import { COLLECTIONS } from './collections';
import { CONVERSIONS } from './conversions';
import { NUMBERS } from './numbers';
import { STRINGS } from './strings';
import { TIME } from './time';

/** Every plain function of the language, by name. */
export const BUILTINS: ReadonlyMap<string, Builtin> = new Map([
  ...COLLECTIONS,
  ...CONVERSIONS,
  ...NUMBERS,
  ...STRINGS,
  ...TIME,
]);

/** Every function that takes a closure, by name. */
export const CLOSURE_FUNCTIONS: ReadonlyMap<string, ClosureBuiltin> = new Map(
  CLOSURES,
);
