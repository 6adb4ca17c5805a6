import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { listAt, textAt } from './objects/fields';

/**
 * Names of the routes that steps may set and that go with the update: whatever
 * has one of these names in a router's object is the rollout's.
 */
export function managedRouteNames(rollout: Rollout): string[] {
  const routes = listAt(
    rollout,
    'spec',
    'strategy',
    'canary',
    'trafficRouting',
    'managedRoutes',
  );
  return routes.flatMap(each => textAt(each, 'name') || []);
}
