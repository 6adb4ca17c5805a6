import type {
  IstioVirtualServiceRef,
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { TrafficSides } from '../router';
import { RESOURCES } from '@progressive-delivery/kube';
import { routeKey, type RolloutSnapshot } from '../../rollout/snapshot';

/** One destination of an HTTP route. */
export interface Destination {
  destination?: { host?: string; subset?: string };
  weight?: number;
}

/** An HTTP route of a VirtualService. */
export interface HttpRoute {
  name?: string;
  route?: Destination[];
}

/** A VirtualService (Istio documentation, networking.istio.io). */
export interface VirtualService extends KubeObject {
  spec?: { http?: HttpRoute[] };
}

/** Where one VirtualService is referred to, and what is there. */
export interface VirtualServiceUse {
  reference: IstioVirtualServiceRef;
  field: string;
  name: string;
  namespace: string;
  object?: VirtualService;
}

const STANZA = 'spec.strategy.canary.trafficRouting.istio';

/** `name` or `name.namespace`, one or several. */
export function virtualServiceUses({
  rollout,
  routes,
}: Pick<RolloutSnapshot, 'rollout' | 'routes'>): VirtualServiceUse[] {
  const istio = rollout.spec.strategy?.canary?.trafficRouting?.istio;
  const references = [
    ...(istio?.virtualService
      ? [[istio.virtualService, `${STANZA}.virtualService`] as const]
      : []),
    ...(istio?.virtualServices ?? []).map(
      (each, i) => [each, `${STANZA}.virtualServices[${i}]`] as const,
    ),
  ];
  return references.map(([reference, field]) => {
    const [name = '', elsewhere] = reference.name.split('.');
    const namespace = elsewhere || (rollout.metadata.namespace ?? '');
    return {
      reference,
      field,
      name,
      namespace,
      object: routes[routeKey(RESOURCES.virtualServices, namespace, name)] as
        VirtualService | undefined,
    };
  });
}

/** Indices of the HTTP routes that the rollout manages, and names not found. */
export function managedRoutes(use: VirtualServiceUse): {
  indices: number[];
  missing: string[];
} {
  const http = use.object?.spec?.http ?? [];
  const names = use.reference.routes ?? [];
  if (!names.length) {
    return { indices: http.length === 1 ? [0] : [], missing: [] };
  }
  const found = names.map(name => http.findIndex(each => each.name === name));
  return {
    indices: found.filter(index => index >= 0),
    missing: names.filter((_, i) => found[i] === -1),
  };
}

/** A host means a service by its short name or by a longer DNS name. */
export function isHostOf(
  host: string | undefined,
  service: string | undefined,
  namespace: string,
): boolean {
  if (!host || !service) return false;
  return (
    host === service ||
    host === `${service}.${namespace}` ||
    host.startsWith(`${service}.${namespace}.svc`)
  );
}

/** Index of the canary's and the stable destination in a route; -1: absent. */
export function destinationsOf(
  route: HttpRoute | undefined,
  rollout: Rollout,
  {
    canaryService,
    stableService,
  }: Pick<TrafficSides, 'canaryService' | 'stableService'>,
): { canary: number; stable: number } {
  const namespace = rollout.metadata.namespace ?? '';
  const find = (service: string | undefined) =>
    (route?.route ?? []).findIndex(each =>
      isHostOf(each.destination?.host, service, namespace),
    );
  return { canary: find(canaryService), stable: find(stableService) };
}
