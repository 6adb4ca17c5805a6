import { isRecord } from '../../../schema/isRecord';
import { RoutingObjects } from '../../view/clusterView';
import { Route, routeOf } from '../route';

/** VirtualServices are what the gateway's own rules look like. */
export function istioRoutes({ virtualServices }: RoutingObjects): Route[] {
  return [...virtualServices.values()].map(object => {
    const { hosts = [], http = [] } = object.spec ?? {};
    return routeOf(
      object,
      hosts.filter((host: unknown) => typeof host === 'string'),
      http.filter(isRecord),
    );
  });
}
