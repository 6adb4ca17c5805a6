import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { Problem } from '../../rollout/validation/problem';
import { managedRouteNames } from '../managedRouteNames';
import { changeObject } from '../objects/changeObject';
import { listAt, textAt, weightAt, withField } from '../objects/fields';
import { isOwnedBy } from '../objects/ownership';
import { missingObject, routedObject } from '../objects/routedObject';
import { stanzaAt, stanzaPath } from '../objects/stanza';
import type {
  RoutedSnapshot,
  RouteDraft,
  TrafficRouter,
  WantedTraffic,
} from '../router';
import { servicesOfCanary } from '../servicesOfCanary';
import type { ApisixRoute, ApisixRule } from './apisixObjects';
import { headerApisixRoute } from './headerRoute';

const ROUTE = ['apisix', 'route'] as const;

function routeNamed(rollout: Rollout, name: string) {
  return {
    resource: RESOURCES.apisixRoutes,
    namespace: rollout.metadata.namespace ?? '',
    name,
  };
}

/** The route that the stanza names, and the names of its rules that are split. */
function weightedRoute(rollout: Rollout) {
  const name = textAt(stanzaAt(rollout, ...ROUTE), 'name') ?? '';
  const rules = listAt(stanzaAt(rollout, ...ROUTE), 'rules') as string[];
  return {
    at: routeNamed(rollout, name),
    rules: rules.length ? rules : [name],
  };
}

function rulesOf(route: unknown): ApisixRule[] {
  return listAt(route, 'spec', 'http') as ApisixRule[];
}

function validate(snapshot: RoutedSnapshot): Problem[] {
  const { rollout } = snapshot;
  const { at, rules } = weightedRoute(rollout);
  const field = stanzaPath(...ROUTE);
  if (!at.name) {
    return [
      {
        field: `${field}.name`,
        kind: 'Required value',
        detail: 'name the ApisixRoute whose weights are to be set',
      },
    ];
  }
  const route = routedObject(snapshot, at);
  if (!route) return [missingObject(snapshot, at, `${field}.name`)];
  const invalid = (where: string, value: string, detail: string): Problem => ({
    field: `${field}.${where}`,
    kind: 'Invalid value',
    value,
    detail,
  });
  const taken = managedRouteNames(rollout).filter(name => {
    const existing = routedObject(snapshot, routeNamed(rollout, name));
    return existing && !isOwnedBy(existing, rollout);
  });
  return [
    ...rules.flatMap(name => {
      const rule = rulesOf(route).find(each => textAt(each, 'name') === name);
      if (!rule) {
        return [
          invalid('rules', name, `Apisix http route rule ${name} not found`),
        ];
      }
      const backends = listAt(rule, 'backends').map(each =>
        textAt(each, 'serviceName'),
      );
      return Object.values(servicesOfCanary(rollout))
        .filter(service => !backends.includes(service))
        .map(service =>
          invalid(
            'rules',
            name,
            `apisix route ${service} backend was not found`,
          ),
        );
    }),
    ...taken.map((name): Problem => ({
      field: stanzaPath('managedRoutes'),
      kind: 'Invalid value',
      value: name,
      detail: `duplicate ApisixRoute [${name}] already exists: rename the managed route`,
    })),
  ];
}

/** Header routes are ApisixRoutes of their own, made and removed by name. */
function routeHeaders(
  snapshot: RoutedSnapshot,
  wanted: WantedTraffic,
  draft: RouteDraft,
): boolean {
  const { rollout } = snapshot;
  const { at, rules } = weightedRoute(rollout);
  const weighted = routedObject(snapshot, at) as ApisixRoute | undefined;
  const changes = managedRouteNames(rollout).filter(name => {
    const own = routeNamed(rollout, name);
    const existing = routedObject(snapshot, own) as ApisixRoute | undefined;
    if (existing && !isOwnedBy(existing, rollout)) return false;
    const header = wanted.managedRoutes.find(each => each.name === name);
    if (header?.kind === 'header' && weighted) {
      const made = headerApisixRoute(
        rollout,
        weighted,
        existing,
        header,
        rules,
        wanted.canaryService,
      );
      const reason = `header route ${name} leads to the canary`;
      if (existing) {
        return changeObject(draft, own.resource, existing, made, reason);
      }
      draft.create(own.resource, made, reason);
      return true;
    }
    if (!existing) return false;
    draft.remove(
      'delete',
      own.resource,
      existing,
      `removed header route ${name}`,
    );
    return true;
  });
  return changes.length > 0;
}

/**
 * Splits by the weights of an ApisixRoute's backends. Source: docs,
 * traffic-management/apisix.
 */
export const apisixRouter: TrafficRouter = {
  path: ['apisix'],
  title: 'APISIX',
  abilities: { headerRoutes: true },
  needsServices: () => true,
  objects: rollout => [
    weightedRoute(rollout).at,
    ...managedRouteNames(rollout).map(name => routeNamed(rollout, name)),
  ],
  validate,
  observe(snapshot, { canaryService }) {
    const { at, rules } = weightedRoute(snapshot.rollout);
    const weights = rulesOf(routedObject(snapshot, at))
      .filter(rule => rules.includes(textAt(rule, 'name') ?? ''))
      .flatMap(rule => listAt(rule, 'backends'))
      .filter(each => textAt(each, 'serviceName') === canaryService)
      .map(each => weightAt(each, 'weight'));
    return { weight: Math.max(0, ...weights) };
  },
  route(snapshot, wanted, draft, why) {
    const { at, rules } = weightedRoute(snapshot.rollout);
    const route = routedObject(snapshot, at);
    if (!route) return false;
    const shares = new Map([
      [wanted.canaryService, wanted.weight],
      [wanted.stableService, wanted.max - wanted.weight],
    ]);
    const weighted = rulesOf(route).map(rule =>
      rules.includes(textAt(rule, 'name') ?? '')
        ? withField(
            rule,
            ['backends'],
            listAt(rule, 'backends').map(each => {
              const share = shares.get(textAt(each, 'serviceName') ?? '');
              return share === undefined
                ? each
                : withField(each, ['weight'], share);
            }),
          )
        : rule,
    );
    const headers = routeHeaders(snapshot, wanted, draft);
    const weights = changeObject(
      draft,
      at.resource,
      route,
      withField(route, ['spec', 'http'], weighted),
      `set the weight of the canary to ${wanted.weight} in ApisixRoute ${at.name}: ${why}`,
    );
    return headers || weights;
  },
};
