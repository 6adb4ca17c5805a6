import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { fieldAt, listAt, textAt } from './fields';

/** `spec.strategy.canary.trafficRouting` and what is below it. */
export function stanzaPath(...path: string[]): string {
  return ['spec.strategy.canary.trafficRouting', ...path].join('.');
}

/** What a manifest says there, whatever it is. */
export function stanzaAt(rollout: Rollout, ...path: string[]): unknown {
  return fieldAt(
    rollout,
    'spec',
    'strategy',
    'canary',
    'trafficRouting',
    ...path,
  );
}

/** An object that a stanza names, with the field that names it. */
export interface StanzaName {
  name: string;
  field: string;
}

/** Names under a field for one object and, else, a field for several. */
export function stanzaNames(
  rollout: Rollout,
  path: readonly string[],
  one: string,
  several: string,
): StanzaName[] {
  const stanza = stanzaAt(rollout, ...path);
  const single = textAt(stanza, one);
  const names = listAt(stanza, several).flatMap((name, i) =>
    typeof name === 'string' && name
      ? [{ name, field: stanzaPath(...path, `${several}[${i}]`) }]
      : [],
  );
  return single
    ? [{ name: single, field: stanzaPath(...path, one) }, ...names]
    : names;
}
