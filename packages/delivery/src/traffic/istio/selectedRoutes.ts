import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { managedRouteNames } from '../managedRouteNames';
import { listAt, textAt, weightAt } from '../objects/fields';
import type { Protocol } from './istioObjects';
import type { VirtualServiceUse } from './references';

/** The routes of one protocol whose weights a rollout sets. */
export interface SelectedRoutes {
  indices: number[];
  /** Why they cannot be told: the field of the reference, its value, and what to do. */
  problem?: { field: string; value?: unknown; detail: string };
}

const FIELD = { http: 'routes', tls: 'tlsRoutes', tcp: 'tcpRoutes' } as const;

const isSameSet = (left: string[], right: string[]) =>
  new Set(left).size === new Set(right).size &&
  left.every(each => right.includes(each));

/** All values of a field in the matches of a route, each once. */
function distinct<T>(values: T[]): T[] {
  return [...new Set(values)];
}

/** A TLS or TCP route is known by the one port, and the SNI hosts, that it matches. */
function isMatched(route: unknown, wanted: unknown, protocol: Protocol) {
  const matches = listAt(route, 'match');
  const ports = distinct(matches.map(each => weightAt(each, 'port')));
  if (ports.length > 1 || (ports[0] ?? 0) !== weightAt(wanted, 'port')) {
    return false;
  }
  return (
    protocol !== 'tls' ||
    isSameSet(
      distinct(matches.flatMap(each => listAt(each, 'sniHosts') as string[])),
      listAt(wanted, 'sniHosts') as string[],
    )
  );
}

function byReference(
  { reference, field, at }: VirtualServiceUse,
  protocol: Protocol,
  routes: unknown[],
): SelectedRoutes | undefined {
  const wanted = reference[FIELD[protocol]] ?? [];
  if (!wanted.length) return undefined;
  const indices: number[] = [];
  for (const [i, each] of wanted.entries()) {
    const found = routes.flatMap((route, index) => {
      const is =
        protocol === 'http'
          ? textAt(route, 'name') === each
          : isMatched(route, each, protocol);
      return is ? [index] : [];
    });
    if (!found.length) {
      return {
        indices: [],
        problem: {
          field: `${field}.${FIELD[protocol]}[${i}]`,
          value: each,
          detail: `VirtualService "${at.name}" has no such ${protocol.toLocaleUpperCase('en')} route: add it, or correct the reference`,
        },
      };
    }
    indices.push(...(protocol === 'http' ? found.slice(0, 1) : found));
  }
  return { indices: distinct(indices) };
}

/**
 * The routes of a protocol that a reference selects: those it names, else the
 * only one there is beside the managed routes. Source: docs,
 * traffic-management/istio; specification, `virtualService.routes`.
 */
export function selectedRoutes(
  use: VirtualServiceUse,
  protocol: Protocol,
  rollout: Rollout,
): SelectedRoutes {
  const routes = listAt(use.object, 'spec', protocol);
  const named = byReference(use, protocol, routes);
  if (named) return named;
  const managed = managedRouteNames(rollout);
  const own = routes.flatMap((route, index) =>
    protocol === 'http' && managed.includes(textAt(route, 'name') ?? '')
      ? []
      : [index],
  );
  if (own.length <= 1) return { indices: own };
  return {
    indices: [],
    problem: {
      field: `${use.field}.${FIELD[protocol]}`,
      detail: `VirtualService "${use.at.name}" has ${own.length} ${protocol.toLocaleUpperCase('en')} routes: name those whose weights the rollout is to set`,
    },
  };
}
