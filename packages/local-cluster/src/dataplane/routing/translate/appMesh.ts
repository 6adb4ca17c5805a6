import { StoredObject } from '../../../api/clusterApi';
import { RoutingObjects } from '../../view/clusterView';
import { Destination } from '../httpRoute';
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

/** App Mesh's VirtualRouters: targets by weight, each the pods of a VirtualNode. */
export function appMeshRoutes({
  virtualRouters,
  virtualNodes,
}: RoutingObjects): Route[] {
  return [...virtualRouters.values()].map(router => {
    const { namespace } = router.metadata;
    const routes = (router.spec?.routes ?? []) as RouterRoute[];
    return routeOf(
      router,
      [],
      routes.map(({ name, httpRoute }) => ({
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
      })),
    );
  });
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
