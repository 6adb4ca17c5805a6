import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { managedRouteNames } from '../managedRouteNames';
import { listAt, textAt } from '../objects/fields';
import type { WantedTraffic } from '../router';
import { PROTOCOLS, type Route, type VirtualService } from './istioObjects';
import { managedHttpRoute } from './managedHttpRoutes';
import type { VirtualServiceUse } from './references';
import type { RouteSides } from './routeSides';
import { selectedRoutes } from './selectedRoutes';
import { weightedRoute } from './weightedRoute';

/**
 * A VirtualService with the wanted weights in the routes that the rollout
 * selects, and with its managed routes before all others, in their order.
 *
 * @param host - of the canary's pods
 */
export function wantedVirtualService(
  use: VirtualServiceUse & { object: VirtualService },
  rollout: Rollout,
  sides: RouteSides,
  wanted: WantedTraffic,
  host: string,
): VirtualService {
  const spec = { ...use.object.spec };
  let source: Route | undefined;
  for (const protocol of PROTOCOLS) {
    if (!Array.isArray(spec[protocol])) continue;
    const { indices } = selectedRoutes(use, protocol, rollout);
    const routes = spec[protocol].map((route, i) =>
      indices.includes(i) ? weightedRoute(route, sides, wanted) : route,
    );
    if (protocol === 'http') source = routes[indices[0] ?? -1];
    spec[protocol] = routes;
  }
  const names = managedRouteNames(rollout);
  if (Array.isArray(spec.http) && names.length) {
    const there = listAt(spec, 'http') as Route[];
    const managed = wanted.managedRoutes.map(each =>
      managedHttpRoute(
        each,
        { sides, host, route: source },
        there.find(route => textAt(route, 'name') === each.name),
      ),
    );
    spec.http = [
      ...managed,
      ...there.filter(route => !names.includes(textAt(route, 'name') ?? '')),
    ];
  }
  return { ...use.object, spec };
}
