import { StoredObject } from '../../api/clusterApi';
import { ClusterView, Objects, RoutingObjects } from '../view/clusterView';
import { Route } from './route';
import { ambassadorRoutes } from './translate/ambassador';
import { apisixRoutes } from './translate/apisix';
import { appMeshRoutes } from './translate/appMesh';
import { gatewayApiRoutes } from './translate/gatewayApi';
import { ingressRoutes } from './translate/ingress';
import { istioRoutes } from './translate/istio';
import { smiRoutes } from './translate/smi';
import { traefikRoutes } from './translate/traefik';

type Translator = (objects: RoutingObjects) => Route[];

/** Of two routes with one name or host, the one of the router named first counts. */
const TRANSLATORS: readonly Translator[] = [
  istioRoutes,
  gatewayApiRoutes,
  ingressRoutes,
  smiRoutes,
  traefikRoutes,
  ambassadorRoutes,
  apisixRoutes,
  appMeshRoutes,
];

export interface RouteTable {
  /** By `namespace/name`. */
  routes(): ReadonlyMap<string, Route>;
}

/** The routes of all routers, kept until one of their objects changes. */
export function createRouteTable(view: ClusterView): RouteTable {
  let version = -1;
  let known = new Map<string, Route>();
  return {
    routes() {
      if (view.routingVersion === version) return known;
      version = view.routingVersion;
      known = new Map();
      for (const translate of TRANSLATORS) {
        for (const route of translated(translate, view.routing)) {
          const key = `${route.namespace}/${route.name}`;
          if (!known.has(key)) known.set(key, route);
        }
      }
      return known;
    },
  };
}

/** Routing objects are checked by nobody: a malformed one costs only itself its route. */
function translated(translate: Translator, objects: RoutingObjects): Route[] {
  const attempt = (some: RoutingObjects) => {
    try {
      return translate(some);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      return undefined;
    }
  };
  const all = attempt(objects);
  if (all) return all;
  const alone = (kind: string, key: string, object: StoredObject) =>
    attempt({
      ...mapObjects(objects, () => new Map()),
      [kind]: new Map([[key, object]]),
    });
  const sound = mapObjects(
    objects,
    (kind, ofKind) =>
      new Map([...ofKind].filter(([key, object]) => alone(kind, key, object))),
  );
  return attempt(sound) ?? [];
}

function mapObjects(
  objects: RoutingObjects,
  map: (kind: string, ofKind: Objects) => Objects,
): RoutingObjects {
  return Object.fromEntries(
    Object.entries(objects).map(([kind, ofKind]) => [kind, map(kind, ofKind)]),
  ) as unknown as RoutingObjects;
}
