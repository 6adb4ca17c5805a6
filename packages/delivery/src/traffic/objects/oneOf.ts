import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Problem } from '../../rollout/validation/problem';
import { fieldAt } from './fields';
import { stanzaAt, stanzaPath } from './stanza';

/** Exactly one of the field for one object and that for several is set. */
export function validateOneOf(
  rollout: Rollout,
  path: readonly string[],
  one: string,
  several: string,
): Problem[] {
  const stanza = stanzaAt(rollout, ...path);
  const set = [one, several].filter(field => {
    const value = fieldAt(stanza, field);
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  });
  if (set.length === 1) return [];
  return [
    {
      field: stanzaPath(...path),
      kind: 'Invalid value',
      detail: `either ${one} or ${several} must be configured; ${set.length ? 'both are: keep one of them' : 'neither is: name what routes to the stable service'}`,
    },
  ];
}
