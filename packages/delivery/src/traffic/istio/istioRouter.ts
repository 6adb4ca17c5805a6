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
import { weightReason } from '../weightReason';
import { PROTOCOLS, type DestinationRule, type Route } from './istioObjects';
import { destinationRuleUse, virtualServiceUses } from './references';
import { routeSides } from './routeSides';
import { selectedRoutes } from './selectedRoutes';
import { validateIstio } from './validateIstio';
import {
  hashOfSubset,
  meanwhileDestinationRule,
  subsetsOf,
  wantedDestinationRule,
} from './wantedDestinationRule';
import { canaryWeight } from './weightedRoute';
import { wantedVirtualService } from './wantedVirtualService';

function hashIn(rule: DestinationRule | undefined, subset: string) {
  return hashOfSubset(
    subsetsOf(rule).find(each => textAt(each, 'name') === subset),
  );
}

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
  const rule = destinationRuleUse(snapshot)?.object;
  const there = subsetsOf(rule);
  return {
    weight,
    canaryHash: hashIn(rule, subsets.canarySubsetName),
    stableHash: hashIn(rule, subsets.stableSubsetName),
    additional: there.flatMap(each => hashOfSubset(each) ?? []),
  };
}

/**
 * The two sides' pods, where the router selects them, and the weights between:
 * pods are selected before they get traffic, and let go of after they had it.
 */
function routeSubsets(
  snapshot: RoutedSnapshot,
  wanted: WantedTraffic,
  draft: RouteDraft,
  weights: () => boolean,
): boolean {
  const { rollout } = snapshot;
  const { subsets } = routeSides(rollout, wanted);
  const rule = destinationRuleUse(snapshot);
  if (!subsets || !rule?.object) return weights();
  const select = (from: DestinationRule, to: DestinationRule) =>
    changeObject(
      draft,
      rule.at.resource,
      from,
      to,
      `DestinationRule ${rule.at.name}: ${[
        subsets.canarySubsetName,
        subsets.stableSubsetName,
      ]
        .map(name => `subset ${name} selects ${hashIn(to, name)}`)
        .join(', ')}`,
    );
  const meanwhile = meanwhileDestinationRule(
    rule.object,
    rollout,
    subsets,
    wanted,
    observe(snapshot, wanted),
  );
  const changes = [
    select(rule.object, meanwhile),
    weights(),
    select(
      meanwhile,
      wantedDestinationRule(meanwhile, rollout, subsets, wanted),
    ),
  ];
  return changes.includes(true);
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
        weightReason(wanted, `VirtualService ${use.at.name}`, why),
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
    return routeSubsets(snapshot, wanted, draft, () =>
      routeWeights(snapshot, wanted, draft, why),
    );
  },
};
