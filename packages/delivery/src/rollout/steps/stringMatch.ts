import type { StringMatch } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Problem } from '../validation/problem';

const KINDS = ['exact', 'regex', 'prefix'] as const;

/** Exactly one way of comparing must be given. */
export function validateStringMatch(
  match: StringMatch | undefined,
  field: string,
): Problem[] {
  const given = KINDS.filter(kind => match?.[kind]);
  if (given.length === 1) return [];
  return [
    {
      field,
      kind: 'Invalid value',
      value: match ?? {},
      detail: given.length
        ? 'StringMatch match value must have exactly one of the following: exact, regex, prefix'
        : 'StringMatch value missed, match value must have one of the following: exact, regex, prefix',
    },
  ];
}
