import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { albRouter } from './alb/albRouter';
import { ambassadorRouter } from './ambassador/ambassadorRouter';
import { apisixRouter } from './apisix/apisixRouter';
import { appMeshRouter } from './appMesh/appMeshRouter';
import { gatewayApiRouter } from './gatewayApi/gatewayApiRouter';
import { haproxyRouter } from './haproxy/haproxyRouter';
import { istioRouter } from './istio/istioRouter';
import { nginxRouter } from './nginx/nginxRouter';
import { smiRouter } from './smi/smiRouter';
import { traefikRouter } from './traefik/traefikRouter';
import type { RouteReference, TrafficRouter } from './router';

/** Every router that this controller can drive. */
export const TRAFFIC_ROUTERS: readonly TrafficRouter[] = [
  istioRouter,
  nginxRouter,
  albRouter,
  smiRouter,
  ambassadorRouter,
  appMeshRouter,
  traefikRouter,
  apisixRouter,
  gatewayApiRouter,
  haproxyRouter,
];

/** Follows own properties of whatever a manifest says. */
function stanzaAt(routing: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Record<string, unknown>)[key]
        : undefined,
    routing,
  );
}

/** The routers that a rollout asks for; several may route for one. */
export function routersOf(
  rollout: Rollout,
  routers: readonly TrafficRouter[] = TRAFFIC_ROUTERS,
): TrafficRouter[] {
  const routing = rollout.spec?.strategy?.canary?.trafficRouting;
  return routers.filter(
    ({ path }) => (stanzaAt(routing, path) ?? undefined) !== undefined,
  );
}

/** Every object that a rollout's routers read and write. Never throws. */
export function routeReferencesOf(
  rollout: Rollout,
  routers: readonly TrafficRouter[] = TRAFFIC_ROUTERS,
): RouteReference[] {
  return routersOf(rollout, routers).flatMap(router => router.objects(rollout));
}
