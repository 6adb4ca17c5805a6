import { fieldAt, listAt, textAt } from '../objects/fields';
import { changeObject } from '../objects/changeObject';
import type {
  ObservedTraffic,
  RoutedSnapshot,
  RouteDraft,
  TrafficRouter,
  TrafficSides,
  WantedTraffic,
} from '../router';
import { PROTOCOLS, type Route } from './istioObjects';
import { destinationRuleUse, virtualServiceUses } from './references';
import { routeSides } from './routeSides';
import { selectedRoutes } from './selectedRoutes';
import { validateIstio } from './validateIstio';
import {
  hashOfSubset,
  subsetsOf,
  wantedDestinationRule,
} from './wantedDestinationRule';
import { canaryWeight } from './weightedRoute';
import { wantedVirtualService } from './wantedVirtualService';

function observe(
  snapshot: RoutedSnapshot,
  sides: TrafficSides,
): ObservedTraffic {
  const { rollout } = snapshot;
  const splits = routeSides(rollout, sides);
  const weights = virtualServiceUses(snapshot).flatMap(use =>
    PROTOCOLS.flatMap(protocol =>
      selectedRoutes(use, protocol, rollout).indices.map(index =>
        canaryWeight(
          listAt(use.object, 'spec', protocol)[index] as Route,
          splits,
        ),
      ),
    ),
  );
  const weight = Math.max(0, ...weights);
  const { subsets } = splits;
  if (!subsets) return { weight };
  const there = subsetsOf(destinationRuleUse(snapshot)?.object);
  const hashOf = (name: string) =>
    hashOfSubset(there.find(each => textAt(each, 'name') === name));
  return {
    weight,
    canaryHash: hashOf(subsets.canarySubsetName),
    stableHash: hashOf(subsets.stableSubsetName),
    additional: there.flatMap(each => hashOfSubset(each) ?? []),
  };
}

/** The two sides' pods, where the router selects them. */
function routeSubsets(
  snapshot: RoutedSnapshot,
  wanted: WantedTraffic,
  draft: RouteDraft,
): boolean {
  const { rollout } = snapshot;
  const { subsets } = routeSides(rollout, wanted);
  const rule = destinationRuleUse(snapshot);
  if (!subsets || !rule?.object) return false;
  return changeObject(
    draft,
    rule.at.resource,
    rule.object,
    wantedDestinationRule(rule.object, rollout, subsets, wanted),
    `DestinationRule ${rule.at.name}: subset ${subsets.canarySubsetName} selects ${wanted.canaryHash}, subset ${subsets.stableSubsetName} selects ${wanted.stableHash}`,
  );
}

function routeWeights(
  snapshot: RoutedSnapshot,
  wanted: WantedTraffic,
  draft: RouteDraft,
  why: string,
): boolean {
  const { rollout } = snapshot;
  const sides = routeSides(rollout, wanted);
  const host = sides.subsets
    ? (textAt(destinationRuleUse(snapshot)?.object, 'spec', 'host') ?? '')
    : wanted.canaryService;
  const changes = virtualServiceUses(snapshot).filter(
    ({ object, ...use }) =>
      object &&
      changeObject(
        draft,
        use.at.resource,
        object,
        wantedVirtualService({ ...use, object }, rollout, sides, wanted, host),
        `set the weight of the canary to ${wanted.weight} in VirtualService ${use.at.name}: ${why}`,
      ),
  );
  return changes.length > 0;
}

/**
 * Splits by host or by subset: the destinations of VirtualServices' routes get
 * weights, and a DestinationRule's subsets the hashes of the pods behind them.
 * Source: docs, traffic-management/istio.
 */
export const istioRouter: TrafficRouter = {
  path: ['istio'],
  title: 'Istio',
  abilities: {
    headerRoutes: true,
    mirrorRoutes: true,
    additionalDestinations: true,
  },
  needsServices: rollout =>
    fieldAt(
      rollout,
      'spec',
      'strategy',
      'canary',
      'trafficRouting',
      'istio',
      'destinationRule',
    ) === undefined,
  objects(rollout) {
    const rule = destinationRuleUse({ rollout, routes: {} });
    return [
      ...virtualServiceUses({ rollout, routes: {} }).map(({ at }) => at),
      ...(rule ? [rule.at] : []),
    ];
  },
  validate: validateIstio,
  observe,
  route(snapshot, wanted, draft, why) {
    const weights = () => routeWeights(snapshot, wanted, draft, why);
    const subsets = () => routeSubsets(snapshot, wanted, draft);
    // Pods are selected before they get traffic, and let go of after they had it.
    const gets = wanted.weight >= observe(snapshot, wanted).weight;
    const changes = (gets ? [subsets, weights] : [weights, subsets]).map(
      write => write(),
    );
    return changes.includes(true);
  },
};
