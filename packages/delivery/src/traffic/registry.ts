import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { istioRouter } from './istio/istioRouter';
import type { TrafficRouter } from './router';

/** Every router that this controller can drive. */
export const TRAFFIC_ROUTERS: readonly TrafficRouter[] = [istioRouter];

/** The router that a rollout asks for. */
export function routerOf(rollout: Rollout): TrafficRouter | undefined {
  const stanza = rollout.spec.strategy?.canary?.trafficRouting;
  return TRAFFIC_ROUTERS.find(
    router =>
      stanza !== undefined &&
      Object.hasOwn(stanza, router.field) &&
      (stanza as Record<string, unknown>)[router.field] !== undefined,
  );
}
