import type {
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { managedRouteNames } from '../managedRouteNames';
import { fieldAt, listAt, textAt, withField } from '../objects/fields';
import { stanzaAt } from '../objects/stanza';
import type { RoutedSnapshot, WantedTraffic } from '../router';
import { PLUGIN, type GatewayRoute } from './gatewayRoutes';
import {
  headerRules,
  isManagedRule,
  isSplit,
  type RouteRule,
} from './headerRules';

const IN_PROGRESS_KEY = 'rollouts.argoproj.io/gatewayapi-canary';
const IN_PROGRESS_VALUE = 'in-progress';

/** Services of experiments that this rollout has put into its routes. */
function earlierExperiments({ status }: Rollout): string[] {
  return (status?.canary?.weights?.additional ?? []).flatMap(
    each => each.serviceName ?? [],
  );
}

/** The rule with the wanted weights; a weight that is left out would mean 1. */
function weighted(
  rule: RouteRule,
  { rollout, services }: RoutedSnapshot,
  { weight, max, additional, canaryService, stableService }: WantedTraffic,
): RouteRule {
  const refs = rule.backendRefs ?? [];
  const others = additional.reduce((sum, each) => sum + each.weight, 0);
  const shares = new Map([
    [canaryService, weight],
    [stableService, max - weight - others],
    ...additional.map(each => [each.service, each.weight] as const),
  ]);
  const over = earlierExperiments(rollout).filter(name => !shares.has(name));
  const kept = refs
    .filter(each => !over.includes(each.name ?? ''))
    .map(each => {
      const share = shares.get(each.name ?? '');
      return share === undefined ? each : { ...each, weight: share };
    });
  const port = refs.find(each => each.name === canaryService)?.port;
  const added = additional
    .filter(({ service }) => !refs.some(each => each.name === service))
    .map(({ service, weight: share }) => ({
      name: service,
      namespace: rollout.metadata.namespace,
      port: services[service]?.spec.ports?.[0]?.port ?? port,
      weight: share,
    }));
  return { ...rule, backendRefs: [...kept, ...added] };
}

/** Marked while the canary has a share, for GitOps to leave it alone then. */
function marked(
  route: KubeObject,
  rollout: Rollout,
  weight: number,
): KubeObject {
  const stanza = stanzaAt(rollout, ...PLUGIN);
  if (fieldAt(stanza, 'disableInProgressLabel') === true) return route;
  const key = textAt(stanza, 'inProgressLabelKey') || IN_PROGRESS_KEY;
  const value = textAt(stanza, 'inProgressLabelValue') || IN_PROGRESS_VALUE;
  return withField(
    route,
    ['metadata', 'labels', key],
    weight > 0 ? value : undefined,
  );
}

/**
 * A route with the wanted weights in every rule that leads to both sides, and
 * with the rules of the wanted header routes behind its own. Source:
 * documentation of the reference's plugin.
 */
export function wantedRoute(
  { object, useHeaderRoutes }: GatewayRoute & { object: KubeObject },
  snapshot: RoutedSnapshot,
  wanted: WantedTraffic,
): KubeObject {
  const { rollout } = snapshot;
  const names = managedRouteNames(rollout);
  const all = listAt(object, 'spec', 'rules') as RouteRule[];
  const managed = all.filter(rule => isManagedRule(rule, names));
  const own = all
    .filter(rule => !managed.includes(rule))
    .map(rule =>
      isSplit(rule, wanted) ? weighted(rule, snapshot, wanted) : rule,
    );
  const headers = wanted.managedRoutes.flatMap(each =>
    each.kind === 'header' && useHeaderRoutes
      ? headerRules(
          each,
          own.filter(rule => isSplit(rule, wanted)),
          managed,
          wanted.canaryService,
        )
      : [],
  );
  return withField(
    marked(object, rollout, wanted.weight),
    ['spec', 'rules'],
    [...own, ...headers],
  );
}
