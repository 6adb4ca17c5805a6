import { types } from 'node:util';

/** Whatever was thrown, as an error; also one from another realm (vm, jest). */
export function asError(thrown: unknown): Error {
  return thrown instanceof Error || types.isNativeError(thrown)
    ? (thrown as Error)
    : new Error(String(thrown));
}
