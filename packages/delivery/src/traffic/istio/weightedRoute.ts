import { listAt, weightAt } from '../objects/fields';
import type { WantedTraffic } from '../router';
import type { Destination, Route } from './istioObjects';
import { experimentOf, sideOf, type RouteSides } from './routeSides';

/** Istio's weights are out of 100. */
export const MAXIMUM = 100;

function withWeight(destination: Destination, weight: number): Destination {
  // One that is left out means 0 beside others: no need to write it.
  return weightAt(destination, 'weight') === weight
    ? destination
    : { ...destination, weight };
}

/**
 * A route with the wanted weights. Stable gets what nobody else has; subsets
 * that are declared as additional keep theirs. A destination that nobody
 * declared and that has a share (an experiment's that is over) goes.
 */
export function weightedRoute(
  route: Route,
  sides: RouteSides,
  wanted: WantedTraffic,
): Route {
  const destinations = listAt(route, 'route') as Destination[];
  const declared = destinations
    .filter(each => sideOf(each, sides) === 'additionalSubset')
    .reduce((sum, each) => sum + weightAt(each, 'weight'), 0);
  const experiments = wanted.additional.reduce(
    (sum, each) => sum + each.weight,
    0,
  );
  const shares = {
    canary: wanted.weight,
    stable: Math.max(0, MAXIMUM - wanted.weight - experiments - declared),
  };
  const placed = new Set<string>();
  const weighted = destinations.flatMap(each => {
    const side = sideOf(each, sides);
    if (side === 'canary' || side === 'stable') {
      return [withWeight(each, shares[side])];
    }
    if (side === 'additionalSubset') return [each];
    const experiment = experimentOf(each, wanted, sides.namespace);
    if (experiment) {
      placed.add(experiment.service);
      return [withWeight(each, experiment.weight)];
    }
    return weightAt(each, 'weight') === 0 ? [each] : [];
  });
  const added = wanted.additional
    .filter(each => !placed.has(each.service))
    .map(({ service, weight }) => ({ destination: { host: service }, weight }));
  return { ...route, route: [...weighted, ...added] };
}

/** The canary's share in a route. */
export function canaryWeight(route: Route, sides: RouteSides): number {
  const destinations = listAt(route, 'route') as Destination[];
  return destinations
    .filter(each => sideOf(each, sides) === 'canary')
    .reduce((sum, each) => sum + weightAt(each, 'weight'), 0);
}
