import type { WantedTraffic } from '../../traffic/router';
import type { RolloutContext } from '../context';

/** Notes in the status who gets how much. */
export function recordWeights(
  { draft, current }: RolloutContext,
  { weight, max, additional, ...sides }: WantedTraffic,
): void {
  const others = additional.reduce((sum, each) => sum + each.weight, 0);
  draft.status.canary = {
    ...draft.status.canary,
    weights: {
      canary: {
        weight,
        podTemplateHash: weight > 0 ? sides.canaryHash : current.hash,
        serviceName: sides.canaryService || undefined,
      },
      stable: {
        weight: max - weight - others,
        podTemplateHash: sides.stableHash,
        serviceName: sides.stableService || undefined,
      },
      ...(additional.length
        ? {
            additional: additional.map(each => ({
              weight: each.weight,
              podTemplateHash: each.podTemplateHash,
              serviceName: each.service,
            })),
          }
        : {}),
    },
  };
}
