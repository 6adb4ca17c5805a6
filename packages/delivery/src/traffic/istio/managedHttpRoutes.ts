import type { StringMatch } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { HeaderRoute, ManagedRoute, MirrorRoute } from '../managedRoute';
import { listAt, weightAt } from '../objects/fields';
import { jsonPatchBetween } from '../objects/jsonPatchBetween';
import type { Destination, Route } from './istioObjects';
import type { RouteSides } from './routeSides';
import { MAXIMUM } from './weightedRoute';

/** What a managed route is made from. */
export interface ManagedRouteSource {
  sides: RouteSides;
  /** Of the pods: the canary's service, or the host whose subsets are split. */
  host: string;
  /** The first route whose weights the rollout sets, with the wanted ones. */
  route: Route | undefined;
}

/** The canary, at the port that the weighted route uses. */
function canaryDestination({ sides, host, route }: ManagedRouteSource) {
  const port = weightAt(
    listAt(route, 'route')[0],
    'destination',
    'port',
    'number',
  );
  return {
    host,
    ...(port > 0 ? { port: { number: port } } : {}),
    ...(sides.subsets ? { subset: sides.subsets.canarySubsetName } : {}),
  };
}

function textMatch(match: StringMatch | undefined): StringMatch {
  return Object.fromEntries(
    Object.entries(match ?? {}).filter(([, text]) => text),
  );
}

function headerRoute({ name, match }: HeaderRoute, source: ManagedRouteSource) {
  return {
    name,
    match: match.map(({ headerName, headerValue }) => ({
      headers: { [headerName]: textMatch(headerValue) },
    })),
    route: [{ destination: canaryDestination(source), weight: MAXIMUM }],
  };
}

function mirrorRoute(
  { name, match, percentage }: MirrorRoute,
  source: ManagedRouteSource,
) {
  return {
    name,
    match: match.map(({ method, path, headers }) => ({
      ...(method ? { method: textMatch(method) } : {}),
      ...(path ? { uri: textMatch(path) } : {}),
      ...(headers
        ? {
            headers: Object.fromEntries(
              Object.entries(headers).map(([header, text]) => [
                header,
                textMatch(text),
              ]),
            ),
          }
        : {}),
    })),
    // Who answers is told by the weights, as without the mirror.
    route: (listAt(source.route, 'route') as Destination[]).map(
      ({ destination, weight }) => ({
        destination,
        ...(weight ? { weight } : {}),
      }),
    ),
    mirror: canaryDestination(source),
    mirrorPercentage: { value: percentage },
  };
}

/** Weights of 0 are written by some and left out by others. */
function withoutZeroWeights(route: Route): Route {
  return {
    ...route,
    route: (listAt(route, 'route') as Destination[]).map(
      ({ weight, ...each }) => ({ ...each, ...(weight ? { weight } : {}) }),
    ),
  };
}

/**
 * A header or mirror route as an HTTP route of a VirtualService; what is there
 * under this name stays when it says the same. Source: docs,
 * traffic-management/index, "Traffic routing based on header values" and
 * "Traffic mirroring to canary".
 */
export function managedHttpRoute(
  wanted: ManagedRoute,
  source: ManagedRouteSource,
  existing: Route | undefined,
): Route {
  const made: Route =
    wanted.kind === 'header'
      ? headerRoute(wanted, source)
      : mirrorRoute(wanted, source);
  const isThere =
    existing !== undefined &&
    jsonPatchBetween(withoutZeroWeights(existing), withoutZeroWeights(made))
      .length === 0;
  return isThere ? existing : made;
}
