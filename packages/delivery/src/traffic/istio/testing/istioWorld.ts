import type {
  IstioTrafficRouting,
  KubeObject,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube';
import { colors } from '../../../simulate/testing/demo';
import type { Routed } from '../../testing/routerExample';
import { RoutingWorld } from '../../testing/routingWorld';
import { istioRouter } from '../istioRouter';

export const HASH = 'rollouts-pod-template-hash';

export function rolloutWith(istio: IstioTrafficRouting) {
  const rollout = colors();
  const canary = rollout.spec.strategy?.canary ?? {};
  canary.trafficRouting = {
    istio,
    managedRoutes: [{ name: 'mirror' }, { name: 'set-header' }],
  };
  return rollout;
}

export function virtualService(
  spec: object,
  name = 'colors',
  namespace = 'demo',
) {
  const object = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace, annotations: { keep: 'this' } },
    spec: { hosts: ['colors.local'], ...spec },
  } as KubeObject;
  return [RESOURCES.virtualServices, object] as const;
}

export const byHost = (weight = 100) => [
  { destination: { host: 'colors-stable', port: { number: 80 } }, weight },
  { destination: { host: 'colors-canary.demo.svc.cluster.local' } },
];
export const bySubset = [
  { destination: { host: 'colors', subset: 'stable' }, weight: 100 },
  { destination: { host: 'colors', subset: 'canary' }, weight: 0 },
];
export const rule = [
  RESOURCES.destinationRules,
  {
    apiVersion: 'networking.istio.io/v1',
    kind: 'DestinationRule',
    metadata: { name: 'colors', namespace: 'demo' },
    spec: {
      host: 'colors',
      subsets: [
        {
          name: 'canary',
          labels: { app: 'colors' },
          trafficPolicy: { tls: { mode: 'ISTIO_MUTUAL' } },
        },
        { name: 'stable', labels: { app: 'colors' } },
        { name: 'legacy', labels: { app: 'colors', version: 'old' } },
      ],
    },
  } as KubeObject,
] as const;

export const HOST_STANZA: IstioTrafficRouting = {
  virtualService: { name: 'colors', routes: ['primary'] },
};
export const SUBSET_STANZA: IstioTrafficRouting = {
  virtualService: { name: 'colors' },
  destinationRule: {
    name: 'colors',
    canarySubsetName: 'canary',
    stableSubsetName: 'stable',
  },
};

export function world(istio: IstioTrafficRouting, ...objects: Routed[]) {
  return new RoutingWorld(istioRouter, rolloutWith(istio), objects);
}
export const hostWorld = () =>
  world(
    HOST_STANZA,
    virtualService({
      http: [
        { name: 'other', route: [{ destination: { host: 'elsewhere' } }] },
        { name: 'primary', timeout: '5s', route: byHost() },
      ],
    }),
  );
export const subsetWorld = () =>
  world(SUBSET_STANZA, virtualService({ http: [{ route: bySubset }] }), rule);
export const specOf = (at: RoutingWorld, name = 'colors') =>
  at.get(RESOURCES.virtualServices, name).spec;
export const subsetsOf = (at: RoutingWorld) =>
  (
    at.get(RESOURCES.destinationRules, 'colors') as {
      spec: { subsets: unknown[] };
    }
  ).spec.subsets;
