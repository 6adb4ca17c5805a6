import { parseQuantity } from '../../../kinds/core/quantity';
import { RoutingObjects } from '../../view/clusterView';
import { Route, routeOf } from '../route';

interface Backend {
  service: string;
  /** A number; in v1alpha1 a quantity such as `900m`. */
  weight?: number | string;
}

/**
 * SMI's TrafficSplit: what is for its root service goes to the backends by
 * weight. Not implemented: `matches` by HTTPRouteGroup.
 */
export function smiRoutes({ trafficSplits }: RoutingObjects): Route[] {
  return [...trafficSplits.values()].map(object => {
    const backends = (object.spec?.backends ?? []) as Backend[];
    const hosts = object.spec?.service ? [object.spec.service as string] : [];
    return routeOf(object, hosts, [
      {
        route: backends.map(({ service, weight }) => ({
          destination: { host: service },
          weight: parseQuantity(weight) ?? 0,
        })),
      },
    ]);
  });
}
