import type {
  CanaryStrategy,
  KubeObject,
  Rollout,
  TrafficRouting,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube';
import { rollout } from '../../simulate/testing/demo';
import { istioRouter } from '../istio/istioRouter';
import type { TrafficRouter } from '../router';
import type { Routed } from './routingWorld';

/** A rollout that asks for a router, and the objects that a user writes for it. */
export interface RouterExample {
  /** "Istio by subset" */
  title: string;
  router: TrafficRouter;
  rollout: Rollout;
  objects: Routed[];
}

/** The demo's `colors`, with another router. */
export function colorsRoutedBy(
  trafficRouting: TrafficRouting,
  more: CanaryStrategy = {},
): Rollout {
  return rollout('colors', 'demo/colors:blue', {
    canaryService: 'colors-canary',
    stableService: 'colors-stable',
    trafficRouting: {
      managedRoutes: [{ name: 'mirror' }, { name: 'set-header' }],
      ...trafficRouting,
    },
    ...more,
  });
}

/** An object of the demo's namespace. */
export function routed(
  resource: Routed[0],
  fields: { spec?: unknown; annotations?: Record<string, string> },
  name: string = 'colors',
): Routed {
  const { group, version, kind } = resource;
  const { annotations, ...rest } = fields;
  return [
    resource,
    {
      apiVersion: `${group}/${version}`,
      kind,
      metadata: {
        name,
        namespace: 'demo',
        uid: `uid-${kind}-${name}`,
        resourceVersion: '1',
        ...(annotations ? { annotations } : {}),
      },
      ...rest,
    } as KubeObject,
  ];
}

const istio: RouterExample[] = [
  {
    title: 'Istio by host',
    router: istioRouter,
    rollout: colorsRoutedBy({
      istio: { virtualService: { name: 'colors', routes: ['primary'] } },
    }),
    objects: [
      routed(RESOURCES.virtualServices, {
        spec: {
          http: [
            { name: 'other', route: [{ destination: { host: 'elsewhere' } }] },
            {
              name: 'primary',
              route: [
                { destination: { host: 'colors-stable' }, weight: 100 },
                { destination: { host: 'colors-canary' } },
              ],
            },
          ],
        },
      }),
    ],
  },
  {
    title: 'Istio by subset',
    router: istioRouter,
    rollout: colorsRoutedBy(
      {
        istio: {
          virtualService: { name: 'colors' },
          destinationRule: {
            name: 'colors',
            canarySubsetName: 'canary',
            stableSubsetName: 'stable',
          },
        },
      },
      { canaryService: undefined, stableService: undefined },
    ),
    objects: [
      routed(RESOURCES.virtualServices, {
        spec: {
          http: [
            {
              route: [
                {
                  destination: { host: 'colors', subset: 'stable' },
                  weight: 100,
                },
                {
                  destination: { host: 'colors', subset: 'canary' },
                  weight: 0,
                },
              ],
            },
          ],
        },
      }),
      routed(RESOURCES.destinationRules, {
        spec: {
          host: 'colors',
          subsets: [
            { name: 'canary', labels: { app: 'colors' } },
            { name: 'stable', labels: { app: 'colors' } },
          ],
        },
      }),
    ],
  },
];

/** One for each way to route. */
export const ROUTER_EXAMPLES: readonly RouterExample[] = [...istio];
