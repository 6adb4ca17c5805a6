import {
  MANAGED_BY_ANNOTATION,
  type Rollout,
  type Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutSnapshot } from '../snapshot';
import { selectedHash } from './selectedHash';

function namedServices({ spec }: Rollout): (string | undefined)[] {
  const { canary, blueGreen } = spec.strategy ?? {};
  return [
    canary?.canaryService,
    canary?.stableService,
    canary?.pingPong?.pingService,
    canary?.pingPong?.pongService,
    blueGreen?.activeService,
    blueGreen?.previewService,
  ];
}

/**
 * Services that this controller pointed at a revision, and that the strategy
 * does not name any more: somebody has changed it in flight.
 */
export function formerServices({
  rollout,
  services,
}: RolloutSnapshot): Service[] {
  const named = new Set(namedServices(rollout));
  return Object.values(services).filter(
    service =>
      !named.has(service.metadata.name) &&
      service.metadata.annotations?.[MANAGED_BY_ANNOTATION] ===
        rollout.metadata.name &&
      selectedHash(service) !== undefined,
  );
}
