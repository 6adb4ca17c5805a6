import type {
  CanaryStep,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { routersOf } from '../../traffic/registry';
import type { TrafficRouter } from '../../traffic/router';
import type { Problem } from './problem';

const CANARY = 'spec.strategy.canary';
const ROUTING = `${CANARY}.trafficRouting`;
/** Parts of the stanza that are about every router. */
const SHARED = new Set(['managedRoutes', 'maxTrafficWeight']);

/** The routers of a stanza that nobody here can drive. */
function unknownRouters(
  rollout: Rollout,
  routers: readonly TrafficRouter[],
): Problem[] {
  const routing = rollout.spec.strategy?.canary?.trafficRouting ?? {};
  const known = routersOf(rollout, routers).map(({ path }) => path.join('.'));
  const asked = Object.entries(routing).flatMap(([key, value]) => {
    if (SHARED.has(key) || value === undefined) return [];
    return key === 'plugins'
      ? Object.keys(value as object).map(name => `plugins.${name}`)
      : [key];
  });
  const titles = routers.map(each => each.title).join(', ');
  if (!asked.length) {
    return [
      {
        field: ROUTING,
        kind: 'Required value',
        detail: `name a traffic router: ${titles}`,
      },
    ];
  }
  return asked
    .filter(name => !known.includes(name))
    .map(name => ({
      field: `${ROUTING}.${name}`,
      kind: 'Unsupported',
      detail: `this controller routes by ${titles}; choose one, register a plugin, or let Argo Rollouts act on this cluster`,
    }));
}

function requireServices(
  rollout: Rollout,
  routers: TrafficRouter[],
): Problem[] {
  const { canaryService, stableService, pingPong } =
    rollout.spec.strategy?.canary ?? {};
  if (pingPong || !routers.some(each => each.needsServices(rollout))) return [];
  return Object.entries({ stableService, canaryService })
    .filter(([, name]) => !name)
    .map(([field, name]) => ({
      field: `${CANARY}.${field}`,
      kind: 'Invalid value',
      value: name ?? '',
      detail:
        'Canary service and Stable service must to be set to use Traffic Routing',
    }));
}

/** Steps that set routes need somebody who keeps them. */
function routesWithoutRouter(steps: CanaryStep[]): Problem[] {
  return steps.flatMap((step, i) =>
    (['setHeaderRoute', 'setMirrorRoute'] as const)
      .filter(field => step[field] !== undefined)
      .map((field): Problem => ({
        field: `${CANARY}.steps[${i}].${field}`,
        kind: 'Invalid value',
        value: step[field]?.name,
        detail:
          field === 'setHeaderRoute'
            ? 'SetHeaderRoute requires TrafficRouting, supports Istio and ALB and Apisix'
            : 'SetMirrorRoute requires TrafficRouting, supports Istio only',
      })),
  );
}

/** What the steps need of the routers. */
function validateManagedRoute(
  rollout: Rollout,
  routers: TrafficRouter[],
  step: CanaryStep,
  i: number,
): Problem[] {
  const { managedRoutes } = rollout.spec.strategy?.canary?.trafficRouting ?? {};
  const kinds = [
    ['setHeaderRoute', step.setHeaderRoute, 'headerRoutes'],
    ['setMirrorRoute', step.setMirrorRoute, 'mirrorRoutes'],
  ] as const;
  return kinds.flatMap(([field, route, ability]): Problem[] => {
    if (!route) return [];
    const path = `${CANARY}.steps[${i}].${field}`;
    const unable = routers.find(each => !each.abilities[ability]);
    if (unable) {
      return [
        {
          field: path,
          kind: 'Invalid value',
          value: route.name,
          detail: `${unable.title} cannot carry it out; remove the step or choose another router`,
        },
      ];
    }
    if (!managedRoutes) {
      return [
        {
          field: `${ROUTING}.managedRoutes`,
          kind: 'Required value',
          detail:
            "Rollout has missing field 'spec.strategy.canary.trafficRouting.managedRoutes'",
        },
      ];
    }
    return managedRoutes.some(each => each.name === route.name)
      ? []
      : [
          {
            field: path,
            kind: 'Invalid value',
            value: route.name,
            detail:
              'Steps define a route that does not exist in spec.strategy.canary.trafficRouting.managedRoutes',
          },
        ];
  });
}

/** The stanza `trafficRouting`, apart from what each router says of its own. */
export function validateRouting(
  rollout: Rollout,
  known: readonly TrafficRouter[],
): Problem[] {
  const canary = rollout.spec.strategy?.canary;
  const routing = canary?.trafficRouting;
  if (!routing) return routesWithoutRouter(canary?.steps ?? []);
  const routers = routersOf(rollout, known);
  const unknown = unknownRouters(rollout, known);
  if (unknown.length) return unknown;
  const problems = [
    ...requireServices(rollout, routers),
    ...(canary.steps ?? []).flatMap((step, i) =>
      validateManagedRoute(rollout, routers, step, i),
    ),
  ];
  if (
    routing.maxTrafficWeight !== undefined &&
    !routers.every(each => each.abilities.maxTrafficWeight)
  ) {
    problems.push({
      field: `${ROUTING}.maxTrafficWeight`,
      kind: 'Invalid value',
      value: routing.maxTrafficWeight,
      detail:
        'Canary maxTrafficWeight in traffic routing only supported in Nginx and Plugins',
    });
  }
  return problems;
}
