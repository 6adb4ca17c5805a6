import type { IntOrString } from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * A count, or a percentage of a total. `undefined` when it is neither.
 */
export function resolveIntOrPercent(
  value: IntOrString,
  total: number,
  rounding: 'up' | 'down',
): number | undefined {
  const match = /^(\d+)(%?)$/.exec(String(value));
  if (!match) return undefined;
  const number = Number(match[1]);
  if (!match[2]) return number;
  const exact = (number * total) / 100;
  return rounding === 'up' ? Math.ceil(exact) : Math.floor(exact);
}
