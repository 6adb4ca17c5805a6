import type { WantedTraffic } from '../../traffic/router';
import type { RolloutContext } from '../context';

/** Notes in the status who gets how much. */
export function recordWeights(
  { draft, current, rollout }: RolloutContext,
  { weight, max, additional, ...sides }: WantedTraffic,
  verified: boolean | undefined,
): void {
  // With ping-pong the names would change places: the hashes say who is who.
  const { canaryService, stableService } = rollout.spec.strategy?.canary ?? {};
  const others = additional.reduce((sum, each) => sum + each.weight, 0);
  draft.status.canary = {
    ...draft.status.canary,
    weights: {
      ...(verified === undefined ? {} : { verified }),
      canary: {
        weight,
        podTemplateHash: weight > 0 ? sides.canaryHash : current.hash,
        serviceName: canaryService,
      },
      stable: {
        weight: max - weight - others,
        podTemplateHash: sides.stableHash,
        serviceName: stableService,
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
