import type {
  CanaryStrategy,
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { routeKey } from '../../rollout/snapshot';
import type { NamedReference } from '../../traffic/objects/routedObject';
import { routeReferencesOf, routersOf } from '../../traffic/registry';
import { servicesOfCanary } from '../../traffic/servicesOfCanary';
import { resourceOf } from '../resourceOf';
import { assumedRoute } from './assumedRoutes';

/** A rollout whose routers find what they need, and what was taken for granted. */
export interface AssumedRouting {
  rollout: Rollout;
  routes: KubeObject[];
  notes: string[];
}

const SIMULATED = 'simulated';

/**
 * The same weights out of 100, and services to route between. A router that
 * cannot do without services is not helped: that they are not named is wrong
 * with the rollout, not missing from the files.
 */
function onOneRoute(canary: CanaryStrategy, rollout: Rollout): CanaryStrategy {
  const { managedRoutes, maxTrafficWeight = 100 } = canary.trafficRouting ?? {};
  const { canaryService, stableService } = servicesOfCanary(rollout);
  const { name } = rollout.metadata;
  return {
    ...canary,
    ...(canary.pingPong ||
    routersOf(rollout).some(each => each.needsServices(rollout))
      ? {}
      : {
          canaryService: canaryService || `${name}-canary`,
          stableService: stableService || `${name}-stable`,
        }),
    trafficRouting: {
      ...(managedRoutes ? { managedRoutes } : {}),
      istio: { virtualService: { name: SIMULATED } },
    },
    steps: canary.steps?.map(step =>
      step.setWeight === undefined
        ? step
        : { ...step, setWeight: (step.setWeight * 100) / maxTrafficWeight },
    ),
  };
}

/** What a stanza asks for, in its own words. */
function routerNames({ trafficRouting = {} }: CanaryStrategy): string[] {
  const {
    managedRoutes: _managed,
    maxTrafficWeight: _max,
    plugins = {},
    ...others
  } = trafficRouting;
  return [...Object.keys(others), ...Object.keys(plugins)];
}

const keyOf = ({ resource, namespace, name }: NamedReference) =>
  routeKey(resource, namespace, name);

function namedReferences(rollout: Rollout): NamedReference[] {
  return routeReferencesOf(rollout).flatMap(each =>
    each.name === undefined ? [] : [{ ...each, name: each.name }],
  );
}

function byKey(
  { metadata }: Rollout,
  objects: KubeObject[],
): Record<string, KubeObject> {
  return Object.fromEntries(
    objects.map(each => {
      const { namespace = metadata.namespace ?? '', name } = each.metadata;
      return [routeKey(resourceOf(each), namespace, name), each];
    }),
  );
}

/**
 * Gives a rollout's routers their objects: those of the manifests, made-up
 * ones where they are missing, and where neither is possible one simulated
 * route in the place of them all, which takes the same weights.
 */
export function assumeRouting(
  rollout: Rollout,
  given: KubeObject[],
): AssumedRouting {
  const canary = rollout.spec.strategy?.canary;
  if (!canary?.trafficRouting) return { rollout, routes: given, notes: [] };
  const routers = routersOf(rollout);
  const here = byKey(rollout, given);
  const missing = namedReferences(rollout).filter(
    each => !Object.hasOwn(here, keyOf(each)),
  );
  const made = missing.flatMap(each => assumedRoute(rollout, each) ?? []);
  const routes = [...given, ...made];
  const snapshot = { rollout, routes: byKey(rollout, routes), services: {} };
  const isComplete = routers.every(each => !each.validate(snapshot).length);
  // What is wrong with objects that are all there is for the person to mend.
  if (routers.length && (isComplete || !missing.length)) {
    return {
      rollout,
      routes,
      notes: made.map(
        ({ kind, metadata }) =>
          `${kind} ${metadata.name} is not among the files: assumed to send everybody to stable.`,
      ),
    };
  }
  const strategy = { canary: onOneRoute(canary, rollout) };
  const simulated = { ...rollout, spec: { ...rollout.spec, strategy } };
  const [reference] = namedReferences(simulated);
  const route = reference && assumedRoute(simulated, reference);
  return {
    rollout: simulated,
    routes: route ? [route] : [],
    notes: [
      `The objects of ${routerNames(canary).join(' and ')} are not among the files: a simulated route takes the weights instead.`,
    ],
  };
}
