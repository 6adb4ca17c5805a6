import { Destination } from './httpRoute';
import { serviceNameOf } from './hostName';
import { Route } from './route';

/** The TrafficSplit whose root is the service that a route sends to. */
export function splitOf(
  routes: ReadonlyMap<string, Route>,
  namespace: string,
  { host, subset, labels }: Destination,
): Route | undefined {
  if (subset || labels) return undefined;
  const service = serviceNameOf(host, namespace);
  return [...routes.values()].find(
    route =>
      route.object.kind === 'TrafficSplit' &&
      route.namespace === service?.namespace &&
      route.hosts[0] === service.name,
  );
}
