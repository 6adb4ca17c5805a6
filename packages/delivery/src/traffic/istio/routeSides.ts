import type {
  IstioDestinationRuleRef,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { TrafficSides, WantedTraffic } from '../router';
import { textAt } from '../objects/fields';
import type { Destination } from './istioObjects';

/** By what a destination is told to be canary or stable. */
export interface RouteSides extends TrafficSides {
  namespace: string;
  /** Set when traffic is split by subsets. */
  subsets?: IstioDestinationRuleRef;
}

/** Whom a destination leads to. */
export type Side = 'canary' | 'stable' | 'additionalSubset' | 'other';

export function routeSides(rollout: Rollout, sides: TrafficSides): RouteSides {
  return {
    ...sides,
    namespace: rollout.metadata.namespace ?? '',
    subsets:
      rollout.spec.strategy?.canary?.trafficRouting?.istio?.destinationRule,
  };
}

/** A host means a service by its short name or by a longer DNS name. */
export function isHostOf(
  host: string | undefined,
  service: string | undefined,
  namespace: string,
): boolean {
  if (!host || !service) return false;
  const full = `${service}.${namespace}`;
  return host === service || host === full || host.startsWith(`${full}.`);
}

/** By its subset where the stanza names subsets, else by its host. */
export function sideOf(
  { destination }: Destination,
  { subsets, namespace, canaryService, stableService }: RouteSides,
): Side {
  const subset = textAt(destination, 'subset');
  if (subset && subsets) {
    if (subset === subsets.canarySubsetName) return 'canary';
    if (subset === subsets.stableSubsetName) return 'stable';
    if (subsets.additionalSubsetNames?.includes(subset)) {
      return 'additionalSubset';
    }
  }
  const host = textAt(destination, 'host');
  if (isHostOf(host, canaryService, namespace)) return 'canary';
  return isHostOf(host, stableService, namespace) ? 'stable' : 'other';
}

/** The experiment's service that a destination leads to, if it does. */
export function experimentOf(
  { destination }: Destination,
  { additional }: Pick<WantedTraffic, 'additional'>,
  namespace: string,
) {
  const host = textAt(destination, 'host');
  return additional.find(each => isHostOf(host, each.service, namespace));
}
