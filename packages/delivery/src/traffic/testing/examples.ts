import type {
  CanaryStrategy,
  KubeObject,
  Rollout,
  TrafficRouting,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube';
import { rollout } from '../../simulate/testing/demo';
import { albRouter } from '../alb/albRouter';
import { ambassadorRouter } from '../ambassador/ambassadorRouter';
import { apisixRouter } from '../apisix/apisixRouter';
import { appMeshRouter } from '../appMesh/appMeshRouter';
import { gatewayApiRouter } from '../gatewayApi/gatewayApiRouter';
import { haproxyRouter } from '../haproxy/haproxyRouter';
import { istioRouter } from '../istio/istioRouter';
import { nginxRouter } from '../nginx/nginxRouter';
import { smiRouter } from '../smi/smiRouter';
import { traefikRouter } from '../traefik/traefikRouter';
import type { Routed, RouterExample } from './routerExample';

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

const backend = (name: string, port: object = { number: 80 }) => ({
  service: { name, port },
});
const path = (at: string, name: string, port?: object) => ({
  path: at,
  pathType: 'Prefix',
  backend: backend(name, port),
});

const ingresses: RouterExample[] = [
  {
    title: 'nginx',
    router: nginxRouter,
    rollout: colorsRoutedBy({ nginx: { stableIngress: 'colors' } }),
    objects: [
      routed(RESOURCES.ingresses, {
        annotations: { 'kubernetes.io/ingress.class': 'nginx' },
        spec: {
          rules: [
            {
              host: 'colors.local',
              http: {
                paths: [
                  path('/', 'colors-stable'),
                  path('/docs', 'colors-docs'),
                ],
              },
            },
            { host: 'other.local', http: { paths: [path('/', 'other')] } },
          ],
          tls: [{ hosts: ['colors.local'], secretName: 'tls' }],
        },
      }),
    ],
  },
  {
    title: 'ALB',
    router: albRouter,
    rollout: colorsRoutedBy({
      alb: { ingress: 'colors', rootService: 'colors-root', servicePort: 80 },
    }),
    objects: [
      routed(RESOURCES.ingresses, {
        spec: {
          rules: [
            {
              http: {
                paths: [path('/', 'colors-root', { name: 'use-annotation' })],
              },
            },
          ],
        },
      }),
    ],
  },
  {
    title: 'HAProxy',
    router: haproxyRouter,
    rollout: colorsRoutedBy(
      { plugins: { 'progressive-delivery/haproxy': { ingress: 'colors' } } },
      { canaryService: undefined, stableService: undefined },
    ),
    objects: [
      routed(RESOURCES.ingresses, {
        spec: {
          rules: [
            { host: 'colors.local', http: { paths: [path('/', 'colors')] } },
          ],
        },
      }),
    ],
  },
];

const weighted = (name: string, nameField: string = 'name') => ({
  [nameField]: name,
  port: 80,
});

const others: RouterExample[] = [
  {
    title: 'SMI',
    router: smiRouter,
    rollout: colorsRoutedBy({ smi: {} }),
    objects: [],
  },
  {
    title: 'Traefik',
    router: traefikRouter,
    rollout: colorsRoutedBy({
      traefik: { weightedTraefikServiceName: 'colors' },
    }),
    objects: [
      routed(RESOURCES.traefikContainousServices, {
        spec: {
          weighted: {
            services: [weighted('colors-stable'), weighted('colors-canary')],
          },
        },
      }),
    ],
  },
  {
    title: 'Ambassador',
    router: ambassadorRouter,
    rollout: colorsRoutedBy({ ambassador: { mappings: ['colors'] } }),
    objects: [
      routed(RESOURCES.mappings, {
        spec: { prefix: '/', rewrite: '/', service: 'colors-stable:80' },
      }),
    ],
  },
  {
    title: 'APISIX',
    router: apisixRouter,
    rollout: colorsRoutedBy({
      apisix: { route: { name: 'colors', rules: ['main'] } },
    }),
    objects: [
      routed(RESOURCES.apisixRoutes, {
        spec: {
          http: [
            {
              name: 'main',
              match: { paths: ['/*'] },
              backends: [
                weighted('colors-stable', 'serviceName'),
                weighted('colors-canary', 'serviceName'),
              ],
            },
          ],
        },
      }),
    ],
  },
  {
    title: 'App Mesh',
    router: appMeshRouter,
    rollout: colorsRoutedBy({
      appMesh: {
        virtualService: { name: 'colors' },
        virtualNodeGroup: {
          canaryVirtualNodeRef: { name: 'colors-canary' },
          stableVirtualNodeRef: { name: 'colors-stable' },
        },
      },
    }),
    objects: [
      routed(RESOURCES.appMeshVirtualServices, {
        spec: {
          provider: {
            virtualRouter: { virtualRouterRef: { name: 'colors-router' } },
          },
        },
      }),
      routed(
        RESOURCES.appMeshVirtualRouters,
        {
          spec: {
            routes: [
              {
                name: 'main',
                httpRoute: {
                  action: {
                    weightedTargets: ['colors-canary', 'colors-stable'].map(
                      (name, i) => ({
                        virtualNodeRef: { name },
                        weight: i * 100,
                      }),
                    ),
                  },
                },
              },
            ],
          },
        },
        'colors-router',
      ),
      ...['colors-canary', 'colors-stable'].map(name =>
        routed(
          RESOURCES.appMeshVirtualNodes,
          { spec: { podSelector: { matchLabels: { app: 'colors' } } } },
          name,
        ),
      ),
    ],
  },
  {
    title: 'Gateway API',
    router: gatewayApiRouter,
    rollout: colorsRoutedBy({
      plugins: { 'argoproj-labs/gatewayAPI': { httpRoute: 'colors' } },
    }),
    objects: [
      routed(RESOURCES.httpRoutes, {
        spec: {
          parentRefs: [{ name: 'gateway' }],
          rules: [
            {
              matches: [{ path: { type: 'PathPrefix', value: '/' } }],
              backendRefs: [
                weighted('colors-stable'),
                weighted('colors-canary'),
              ],
            },
            {
              matches: [{ path: { type: 'PathPrefix', value: '/docs' } }],
              backendRefs: [weighted('colors-docs')],
            },
          ],
        },
      }),
    ],
  },
];

/** One for each way to route. */
export const ROUTER_EXAMPLES: readonly RouterExample[] = [
  ...istio,
  ...ingresses,
  ...others,
];

/** The example of that title, to be changed. */
export function routerExample(title: string): RouterExample {
  const found = ROUTER_EXAMPLES.find(each => each.title === title);
  if (!found) throw new Error(`there is no example "${title}"`);
  return {
    ...found,
    rollout: structuredClone(found.rollout),
    objects: structuredClone(found.objects),
  };
}
