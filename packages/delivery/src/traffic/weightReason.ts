import type { WantedTraffic } from './router';

/**
 * Why a routing object with managed routes is written, in words: the weight
 * may be the same as before, and a header or mirror route what is new.
 */
export function weightReason(
  { weight, managedRoutes }: Pick<WantedTraffic, 'weight' | 'managedRoutes'>,
  object: string,
  why: string,
): string {
  const names = managedRoutes.map(({ name }) => name).join(', ');
  const routes = names && `, with the managed routes ${names}`;
  return `set the weight of the canary to ${weight} in ${object}${routes}: ${why}`;
}
