import { RESOURCES } from '@progressive-delivery/kube';
import type { ObservedTraffic, TrafficRouter } from '../router';
import { destinationsOf, managedRoutes, virtualServiceUses } from './routes';
import { validateIstio } from './validateIstio';

const maximum = 100;

/**
 * Splits by host: the two destinations of a VirtualService's HTTP route are
 * the canary and the stable service. Source: docs, traffic-management/istio,
 * "Host-level Traffic Splitting". Only the weights are touched.
 */
export const istioRouter: TrafficRouter = {
  field: 'istio',
  title: 'Istio',
  validate: validateIstio,
  observe(snapshot): ObservedTraffic {
    const shares = virtualServiceUses(snapshot).flatMap(use =>
      managedRoutes(use).indices.map(index => {
        const route = use.object?.spec?.http?.[index];
        const { canary, stable } = destinationsOf(route, snapshot.rollout);
        return {
          canary: route?.route?.[canary]?.weight ?? 0,
          stable: route?.route?.[stable]?.weight ?? 0,
        };
      }),
    );
    const weight = Math.max(0, ...shares.map(share => share.canary));
    return {
      weight,
      settled: shares.every(
        share =>
          share.canary === weight && share.canary + share.stable === maximum,
      ),
    };
  },
  setWeight(snapshot, weight, draft, why) {
    for (const use of virtualServiceUses(snapshot)) {
      const patch = managedRoutes(use).indices.flatMap(index => {
        const route = use.object?.spec?.http?.[index];
        const at = destinationsOf(route, snapshot.rollout);
        const wanted = [
          [at.canary, weight],
          [at.stable, maximum - weight],
        ] as const;
        return wanted
          .filter(([i, share]) => route?.route?.[i]?.weight !== share)
          .map(([i, share]) => ({
            op: 'add',
            path: `/spec/http/${index}/route/${i}/weight`,
            value: share,
          }));
      });
      if (use.object && patch.length) {
        draft.patch(
          RESOURCES.virtualServices,
          use.object,
          patch,
          `set the weight of the canary to ${weight} in VirtualService ${use.name}: ${why}`,
          'json',
        );
      }
    }
  },
};
