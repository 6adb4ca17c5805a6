import type { Problem } from '../../rollout/validation/problem';

/** What is wrong with a number that counts something. */
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

/** Each of a list has a name, and a name of its own. */
export function nameProblems(
  field: string,
  list: readonly { name?: string }[],
  what: string,
): Problem[] {
  const seen = new Set<string>();
  return list.flatMap(({ name }, i): Problem[] => {
    if (!name) {
      return [
        {
          field: `${field}[${i}].name`,
          kind: 'Required value',
          detail: `empty ${what} name at index ${i}`,
        },
      ];
    }
    if (seen.has(name)) {
      return [
        {
          field: `${field}[${i}].name`,
          kind: 'Invalid value',
          value: name,
          detail: `repeated ${what} name '${name}'`,
        },
      ];
    }
    seen.add(name);
    return [];
  });
}
