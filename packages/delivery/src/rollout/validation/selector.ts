import type { LabelSelector } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Problem } from './problem';

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

/** Expressions that no label can be held against. */
export function validateSelector(
  field: string,
  { matchExpressions = [] }: LabelSelector,
): Problem[] {
  return matchExpressions.flatMap(({ operator, values = [] }, i): Problem[] => {
    const path = `${field}.matchExpressions[${i}]`;
    if (!OPERATORS.includes(operator)) {
      return [
        {
          field: `${path}.operator`,
          kind: 'Invalid value',
          value: operator,
          detail: `not a valid selector operator: use one of ${OPERATORS.join(', ')}`,
        },
      ];
    }
    const needsValues = operator === 'In' || operator === 'NotIn';
    if (needsValues === values.length > 0) return [];
    return [
      {
        field: `${path}.values`,
        kind: needsValues ? 'Required value' : 'Forbidden',
        detail: needsValues
          ? "must be specified when `operator` is 'In' or 'NotIn'"
          : "may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
      },
    ];
  });
}
