import { RESOURCES } from '@progressive-delivery/kube';
import type { TrafficRouter } from '../router';
import { destinationsOf, managedRoutes, virtualServiceUses } from './routes';
import { validateIstio } from './validateIstio';

const maximum = 100;

/**
 * Splits by host: the two destinations of a VirtualService's HTTP route are
 * the canary and the stable service. Source: docs, traffic-management/istio,
 * "Host-level Traffic Splitting". Only the weights are touched.
 */
export const istioRouter: TrafficRouter = {
  path: ['istio'],
  title: 'Istio',
  abilities: {},
  needsServices: () => true,
  objects: rollout =>
    virtualServiceUses({ rollout, routes: {} }).map(({ namespace, name }) => ({
      resource: RESOURCES.virtualServices,
      namespace,
      name,
    })),
  validate: validateIstio,
  observe(snapshot, sides) {
    const weights = virtualServiceUses(snapshot).flatMap(use =>
      managedRoutes(use).indices.map(index => {
        const route = use.object?.spec?.http?.[index];
        const { canary } = destinationsOf(route, snapshot.rollout, sides);
        return route?.route?.[canary]?.weight ?? 0;
      }),
    );
    return { weight: Math.max(0, ...weights) };
  },
  route(snapshot, wanted, draft, why) {
    let changed = false;
    for (const use of virtualServiceUses(snapshot)) {
      const patch = managedRoutes(use).indices.flatMap(index => {
        const route = use.object?.spec?.http?.[index];
        const at = destinationsOf(route, snapshot.rollout, wanted);
        const shares = [
          [at.canary, wanted.weight],
          [at.stable, maximum - wanted.weight],
        ] as const;
        return shares
          .filter(([i, share]) => route?.route?.[i]?.weight !== share)
          .map(([i, share]) => ({
            op: 'add',
            path: `/spec/http/${index}/route/${i}/weight`,
            value: share,
          }));
      });
      if (use.object && patch.length) {
        changed = true;
        draft.patch(
          RESOURCES.virtualServices,
          use.object,
          patch,
          `set the weight of the canary to ${wanted.weight} in VirtualService ${use.name}: ${why}`,
          'json',
        );
      }
    }
    return changed;
  },
};
