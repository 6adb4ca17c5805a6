import type { Problem } from './problem';

/** A count that is neither absent nor a whole number from zero on. */
export function countProblem(field: string, value: unknown): Problem[] {
  return value === undefined ||
    (typeof value === 'number' && Number.isInteger(value) && value >= 0)
    ? []
    : [
        {
          field,
          kind: 'Invalid value',
          value,
          detail: 'must be greater than or equal to 0',
        },
      ];
}
