import { StoredObject } from '../../../api/clusterApi';
import { Objects, RoutingObjects } from '../../view/clusterView';
import { Destination, HttpRoute } from '../httpRoute';
import { Route, routeOf } from '../route';

interface RouterRoute {
  name: string;
  httpRoute?: {
    match?: { prefix?: string };
    action?: {
      weightedTargets?: {
        virtualNodeRef: { name: string };
        weight?: number;
      }[];
    };
  };
}

/**
 * App Mesh: VirtualServices, and the VirtualRouters behind them, with targets
 * by weight, each the pods of a VirtualNode.
 */
export function appMeshRoutes(objects: RoutingObjects): Route[] {
  const { meshServices, virtualRouters, virtualNodes } = objects;
  const services = [...meshServices.values()].flatMap(service => {
    const { awsName, provider } = service.spec ?? {};
    const name = provider?.virtualRouter?.virtualRouterRef?.name;
    const router = virtualRouters.get(`${service.metadata.namespace}/${name}`);
    if (!router) return [];
    const host = awsName ?? service.metadata.name;
    return [routeOf(service, [host], rulesOf(router, virtualNodes))];
  });
  const routers = [...virtualRouters.values()].map(router =>
    routeOf(router, [], rulesOf(router, virtualNodes)),
  );
  return [...services, ...routers];
}

function rulesOf(router: StoredObject, virtualNodes: Objects): HttpRoute[] {
  const { namespace } = router.metadata;
  const routes = (router.spec?.routes ?? []) as RouterRoute[];
  return routes.map(({ name, httpRoute }) => ({
    name,
    match: [{ uri: { prefix: httpRoute?.match?.prefix ?? '/' } }],
    route: (httpRoute?.action?.weightedTargets ?? []).map(
      ({ virtualNodeRef, weight }) => ({
        destination: destinationOf(
          virtualNodes.get(`${namespace}/${virtualNodeRef.name}`),
          virtualNodeRef.name,
        ),
        weight: weight ?? 0,
      }),
    ),
  }));
}

function destinationOf(
  node: StoredObject | undefined,
  name: string,
): Destination {
  const { serviceDiscovery, podSelector } = node?.spec ?? {};
  return {
    host: serviceDiscovery?.dns?.hostname ?? name,
    ...(podSelector?.matchLabels && { labels: podSelector.matchLabels }),
  };
}
