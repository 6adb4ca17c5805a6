import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { routersOf, TRAFFIC_ROUTERS } from './registry';

/**
 * What routes a canary's traffic, in words for people: the titles of the
 * routers that this controller has, then the names of plugins that it lacks.
 * Empty: its pods' number decides. Never throws.
 */
export function trafficRouterNames(rollout: Rollout): string[] {
  const { plugins } = rollout.spec?.strategy?.canary?.trafficRouting ?? {};
  const known = new Set(
    TRAFFIC_ROUTERS.filter(({ path }) => path[0] === 'plugins').map(
      ({ path }) => path[1],
    ),
  );
  return [
    ...routersOf(rollout).map(({ title }) => title),
    ...Object.keys(plugins ?? {}).filter(name => !known.has(name)),
  ];
}
