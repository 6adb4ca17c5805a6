import type { CanaryStrategy } from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * Whether enough of the pods that are wanted are available to go on: all of
 * them, unless `replicaProgressThreshold` asks for fewer. Source:
 * specification, replicaProgressThreshold.
 */
export function isEnoughAvailable(
  {
    replicaProgressThreshold: threshold,
  }: Pick<CanaryStrategy, 'replicaProgressThreshold'>,
  available: number,
  wanted: number,
): boolean {
  if (available >= wanted) return true;
  if (!threshold || threshold.value < 0) return false;
  return threshold.type === 'Percent'
    ? available * 100 >= threshold.value * wanted
    : available >= threshold.value;
}
