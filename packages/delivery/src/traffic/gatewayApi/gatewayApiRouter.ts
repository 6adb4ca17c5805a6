import type { Problem } from '../../rollout/validation/problem';
import { managedRouteNames } from '../managedRouteNames';
import { changeObject } from '../objects/changeObject';
import { fieldAt, listAt, textAt, weightAt } from '../objects/fields';
import { missingObject } from '../objects/routedObject';
import { stanzaPath } from '../objects/stanza';
import type { RoutedSnapshot, TrafficRouter } from '../router';
import { weightReason } from '../weightReason';
import { servicesOfCanary } from '../servicesOfCanary';
import { PLUGIN, gatewayReferences, gatewayRoutes } from './gatewayRoutes';
import { isManagedRule, isSplit } from './headerRules';
import { wantedRoute } from './wantedRoute';

/** Of a backend without a weight: specification of the Gateway API. */
const DEFAULT_WEIGHT = 1;

function validate(snapshot: RoutedSnapshot): Problem[] {
  const { rollout } = snapshot;
  const sides = servicesOfCanary(rollout);
  const routes = gatewayRoutes(snapshot);
  const stanza = stanzaPath(...PLUGIN);
  if (!gatewayReferences(rollout).length) {
    return [
      {
        field: stanza,
        kind: 'Required value',
        detail:
          "No routes configured. At least one of 'httpRoutes', 'grpcRoutes', 'tcpRoutes', 'tlsRoutes', 'httpRoute', 'grpcRoute', 'tcpRoute' or 'tlsRoute', or a selector must be set",
      },
    ];
  }
  if (!routes.length) {
    return [
      {
        field: stanza,
        kind: 'Invalid value',
        detail: 'its selectors match no route: label one',
      },
    ];
  }
  return routes.flatMap(({ object, field, ...at }): Problem[] => {
    if (!object) return [missingObject(snapshot, at, field)];
    return listAt(object, 'spec', 'rules').some(rule => isSplit(rule, sides))
      ? []
      : [
          {
            field,
            kind: 'Invalid value',
            value: at.name,
            detail: `${at.resource.kind} "${at.name}" has no rule with backendRefs "${sides.canaryService}" and "${sides.stableService}": add both to a rule`,
          },
        ];
  });
}

/**
 * Splits by the weights of routes of the Kubernetes Gateway API, by the field
 * names of the reference's plugin `argoproj-labs/gatewayAPI` (its
 * documentation, v0.15).
 */
export const gatewayApiRouter: TrafficRouter = {
  path: PLUGIN,
  title: 'Gateway API',
  abilities: {
    headerRoutes: true,
    additionalDestinations: true,
    maxTrafficWeight: true,
  },
  needsServices: () => true,
  objects: gatewayReferences,
  validate,
  observe(snapshot, sides) {
    const names = managedRouteNames(snapshot.rollout);
    const weights = gatewayRoutes(snapshot)
      .flatMap(({ object }) => listAt(object, 'spec', 'rules'))
      .filter(rule => isSplit(rule, sides) && !isManagedRule(rule, names))
      .flatMap(rule => listAt(rule, 'backendRefs'))
      .filter(ref => textAt(ref, 'name') === sides.canaryService)
      .map(ref =>
        fieldAt(ref, 'weight') === undefined
          ? DEFAULT_WEIGHT
          : weightAt(ref, 'weight'),
      );
    return { weight: Math.max(0, ...weights) };
  },
  route(snapshot, wanted, draft, why) {
    const changes = gatewayRoutes(snapshot).filter(
      ({ object, ...route }) =>
        object &&
        changeObject(
          draft,
          route.resource,
          object,
          wantedRoute({ ...route, object }, snapshot, wanted),
          weightReason(wanted, `${route.resource.kind} ${route.name}`, why),
        ),
    );
    return changes.length > 0;
  },
};
