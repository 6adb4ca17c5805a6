import type { AnyObject } from '@progressive-delivery/kube';
import { abortAt, ends, promoteAt, scenario, update } from '../acts';
import { ingress, pause, rollout, service, weight } from '../builders';
import { healthy, pausedAt } from '../milestones';
import type { Scenario } from '../scenario';

type Fields = Record<string, any>;

const NGINX = { 'kubernetes.io/ingress.class': 'nginx' };
const ALB = { 'kubernetes.io/ingress.class': 'alb' };
const albIngress = (name: string, backend?: string) =>
  ingress(name, ALB, { name: 'use-annotation' }, backend);

function object(
  apiVersion: string,
  kind: string,
  spec: Fields,
  name = 'app',
): AnyObject {
  return { apiVersion, kind, metadata: { name }, spec };
}

const node = (name: string) =>
  object(
    'appmesh.k8s.aws/v1beta2',
    'VirtualNode',
    { podSelector: { matchLabels: { app: 'app' } } },
    name,
  );

/** Each router: what has to be there, and what the rollout says. */
const ROUTERS: Record<string, { objects: AnyObject[]; routing: Fields }> = {
  nginx: {
    objects: [ingress('app', NGINX)],
    routing: { nginx: { stableIngress: 'app' } },
  },
  'nginx-several-ingresses': {
    objects: [ingress('app', NGINX), ingress('other', NGINX)],
    routing: { nginx: { stableIngresses: ['app', 'other'] } },
  },
  'nginx-more-annotations': {
    objects: [ingress('app', NGINX)],
    routing: {
      nginx: {
        stableIngress: 'app',
        additionalIngressAnnotations: { 'canary-by-header': 'x-canary' },
        canaryIngressAnnotations: { 'example.com/note': 'canary' },
      },
    },
  },
  'nginx-other-prefix': {
    objects: [ingress('app', NGINX)],
    routing: {
      nginx: { stableIngress: 'app', annotationPrefix: 'custom.nginx.io' },
    },
  },
  'nginx-weights-of-1000': {
    objects: [ingress('app', NGINX)],
    routing: { nginx: { stableIngress: 'app' }, maxTrafficWeight: 1000 },
  },
  alb: {
    objects: [albIngress('app')],
    routing: { alb: { ingress: 'app', servicePort: 80 } },
  },
  'alb-several-ingresses': {
    objects: [albIngress('app'), albIngress('other')],
    routing: { alb: { ingresses: ['app', 'other'], servicePort: 80 } },
  },
  'alb-root-service': {
    objects: [service('app-root'), albIngress('app', 'app-root')],
    routing: {
      alb: { ingress: 'app', rootService: 'app-root', servicePort: 80 },
    },
  },
  'alb-sticky': {
    objects: [albIngress('app')],
    routing: {
      alb: {
        ingress: 'app',
        servicePort: 80,
        stickinessConfig: { enabled: true, durationSeconds: 60 },
      },
    },
  },
  smi: { objects: [], routing: { smi: {} } },
  'smi-root-service': {
    objects: [service('app-root')],
    routing: { smi: { rootService: 'app-root', trafficSplitName: 'split' } },
  },
  traefik: {
    objects: [
      object('traefik.containo.us/v1alpha1', 'TraefikService', {
        weighted: {
          services: [
            { name: 'app-stable', port: 80 },
            { name: 'app-canary', port: 80 },
          ],
        },
      }),
    ],
    routing: { traefik: { weightedTraefikServiceName: 'app' } },
  },
  ambassador: {
    objects: [
      object('getambassador.io/v2', 'Mapping', {
        prefix: '/app/',
        service: 'app-stable:80',
      }),
    ],
    routing: { ambassador: { mappings: ['app'] } },
  },
  apisix: {
    objects: [
      object('apisix.apache.org/v2', 'ApisixRoute', {
        http: [
          {
            name: 'primary',
            match: { hosts: ['app.example'], paths: ['/*'] },
            backends: [
              { serviceName: 'app-stable', servicePort: 80 },
              { serviceName: 'app-canary', servicePort: 80 },
            ],
          },
        ],
      }),
    ],
    routing: { apisix: { route: { name: 'app', rules: ['primary'] } } },
  },
  'app-mesh': {
    objects: [
      object('appmesh.k8s.aws/v1beta2', 'VirtualService', {
        provider: { virtualRouter: { virtualRouterRef: { name: 'app' } } },
      }),
      object('appmesh.k8s.aws/v1beta2', 'VirtualRouter', {
        routes: [
          {
            name: 'primary',
            httpRoute: {
              match: { prefix: '/' },
              action: {
                weightedTargets: [
                  { virtualNodeRef: { name: 'app-canary' }, weight: 0 },
                  { virtualNodeRef: { name: 'app-stable' }, weight: 100 },
                ],
              },
            },
          },
        ],
      }),
      node('app-stable'),
      node('app-canary'),
    ],
    routing: {
      appMesh: {
        virtualService: { name: 'app', routes: ['primary'] },
        virtualNodeGroup: {
          canaryVirtualNodeRef: { name: 'app-canary' },
          stableVirtualNodeRef: { name: 'app-stable' },
        },
      },
    },
  },
};

function routed(name: string): AnyObject[] {
  const { objects, routing } = ROUTERS[name]!;
  return [
    service('app-stable'),
    service('app-canary'),
    ...objects,
    rollout({
      canary: {
        stableService: 'app-stable',
        canaryService: 'app-canary',
        scaleDownDelaySeconds: 2,
        abortScaleDownDelaySeconds: 2,
        trafficRouting: routing,
        steps: [weight(20), pause(), weight(60), pause()],
      },
    }),
  ];
}

const ABORTED = ['nginx', 'alb', 'smi', 'traefik', 'ambassador', 'apisix'];

/** Every other router, through a whole update; and an abort. */
export const ROUTER_SCENARIOS: Scenario[] = [
  ...Object.keys(ROUTERS).map(name =>
    scenario(`routers/${name}`, routed(name), [
      update,
      ...promoteAt(1, 3),
      ends(healthy(2)),
    ]),
  ),
  ...ABORTED.map(name =>
    scenario(`routers/${name}-aborted`, routed(name), [
      update,
      ...abortAt(pausedAt(1)),
    ]),
  ),
];
