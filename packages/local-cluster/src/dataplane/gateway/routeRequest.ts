import { StoredObject } from '../../api/clusterApi';
import { Addressable, findTarget } from '../routing/findTarget';
import { splitOf } from '../routing/splitOf';
import { pickWeighted } from '../routing/pickWeighted';
import {
  DestinationResolver,
  ResolvedDestination,
} from '../routing/resolveDestination';
import {
  Destination,
  findHttpRoute,
  HttpRoute,
  RoutedRequest,
} from '../routing/httpRoute';

/** Where one request goes. */
export interface RoutedTo {
  namespace: string;
  /** The route, or the service, that it was addressed to. */
  name: string;
  /** The path as the pod sees it. */
  path: string;
  destination: ResolvedDestination;
  /** Undefined when no pod can answer. */
  pod?: StoredObject;
  mirrors: RoutedMirror[];
}

export interface RoutedMirror {
  destination: ResolvedDestination;
  pod?: StoredObject;
}

/** Chances per purpose and route, so that each is even on its own. */
export type Chances = (purpose: string) => number;

/** Why there is no way for a request. */
export type Unroutable = 'unknown' | 'no route';

/** Decides where one request goes. */
export function routeRequest(
  to: Addressable,
  resolver: DestinationResolver,
  chances: Chances,
  request: RoutedRequest,
): RoutedTo | Unroutable {
  const target = findTarget(to, request.headers.host, request.path);
  if (!target) return 'unknown';
  const { namespace, name, path, host, route: found } = target;
  const key = `${namespace}/${name}`;
  const pick = (purpose: string, destination: Destination) => {
    const resolved = resolver.resolve(namespace, destination);
    const { pods, service } = resolved;
    const chance = chances(`${purpose}/${key}/${service}`);
    return {
      destination: resolved,
      pod: pods[Math.floor(chance * pods.length)],
    };
  };

  if (!found) {
    // A host may name another namespace than the one the route is in.
    return {
      namespace,
      name,
      path,
      ...pick('pod', { host: name }),
      mirrors: [],
    };
  }
  const index = found.http.indexOf(
    findHttpRoute(found.http, { ...request, path, host }) as HttpRoute,
  );
  const route = found.http[index];
  // What a route sends to a service may be split behind it, by a mesh.
  const split = (destination: Destination) => {
    const behind = splitOf(to.routes, namespace, destination);
    return behind && behind !== found
      ? (pickWeighted(
          behind.http[0]?.route ?? [],
          chances(`split/${behind.namespace}/${behind.name}`),
        )?.destination ?? destination)
      : destination;
  };
  const chosen =
    route && pickWeighted(route.route ?? [], chances(`weight/${key}/${index}`));
  if (!route || !chosen) return 'no route';
  return {
    namespace,
    name,
    path,
    ...pick('pod', split(chosen.destination)),
    mirrors: mirrorsOf(route)
      .filter(({ share }, n) => chances(`mirror/${key}/${index}/${n}`) < share)
      .map(({ destination }) => pick('mirror-pod', destination)),
  };
}

/** Destinations that get a copy, with the share (0…1) of requests that is copied. */
function mirrorsOf(
  route: HttpRoute,
): { destination: Destination; share: number }[] {
  const share = (percentage: { value?: number } | undefined) =>
    percentage ? (percentage.value ?? 0) / 100 : 1;
  return [
    ...(route.mirror
      ? [{ destination: route.mirror, share: share(route.mirrorPercentage) }]
      : []),
    ...(route.mirrors ?? []).map(mirror => ({
      destination: mirror.destination,
      share: share(mirror.percentage),
    })),
  ];
}
