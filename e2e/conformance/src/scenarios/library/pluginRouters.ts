import type { AnyObject } from '@progressive-delivery/kube';
import { abortAt, ends, promoteAt, scenario, update } from '../acts';
import { ingress, pause, rollout, service, weight } from '../builders';
import { healthy, pausedAt } from '../milestones';
import type { Expectation, Scenario } from '../scenario';

/** All but the object that carries the weights is as with nginx. */
const NOT_NGINX = /^Ingress /;

interface PluginRouter {
  object: AnyObject;
  plugin: Record<string, unknown>;
  aspect: string;
  source: string;
  /** How the object says a weight of the canary, for which versions. */
  says: (canary: number, stable: string, next: string) => string;
  /** What it says before the rollout is seen. */
  before: string;
}

const backends = (canary?: number) =>
  [
    ['app-stable', 100 - (canary ?? 0)],
    ['app-canary', canary],
  ].map(([name, share]) => ({
    name,
    port: 80,
    ...(canary !== undefined && { weight: share }),
  }));
const route = (canary?: number) => ({
  rules: [{ backendRefs: backends(canary) }],
});

const HAPROXY = 'haproxy-ingress.github.io';
const HASH = 'rollouts-pod-template-hash';
const balanced = (balance: string) =>
  `class none; app.example/ → app:80; {"${HAPROXY}/blue-green-balance":"${balance}","${HAPROXY}/blue-green-mode":"deploy"}`;

/** Routers by plugin that no module proxy has, or that only this project has. */
const PLUGINS: Record<string, PluginRouter> = {
  'gateway-api': {
    object: {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: { name: 'app' },
      spec: route(),
    },
    plugin: { 'argoproj-labs/gatewayAPI': { httpRoute: 'app' } },
    aspect: 'HTTPRoute app',
    source:
      'README of argoproj-labs/rollouts-plugin-trafficrouter-gatewayapi; Gateway API, BackendRef',
    says: canary => JSON.stringify(route(canary)),
    before: JSON.stringify(route()),
  },
  haproxy: {
    object: ingress('app', {}, { number: 80 }, 'app'),
    plugin: { 'progressive-delivery/haproxy': { ingress: 'app' } },
    aspect: 'Ingress app',
    source: 'HAProxy Ingress, configuration keys, blue-green',
    says: (canary, stable, next) =>
      balanced(
        stable === next
          ? `${HASH}=${stable}=100`
          : `${HASH}=${stable}=${100 - canary},${HASH}=${next}=${canary}`,
      ),
    before: 'class none; app.example/ → app:80; {}',
  },
};

function objectsOf({ object, plugin }: PluginRouter): AnyObject[] {
  return [
    service('app'),
    service('app-stable'),
    service('app-canary'),
    object,
    rollout({
      canary: {
        stableService: 'app-stable',
        canaryService: 'app-canary',
        scaleDownDelaySeconds: 2,
        abortScaleDownDelaySeconds: 2,
        trafficRouting: { plugins: plugin },
        steps: [weight(20), pause(), weight(60), pause()],
      },
    }),
  ];
}

function expectationOf(
  { aspect, source, says, before }: PluginRouter,
  like: string,
  end: string[],
): Expectation {
  const begin = [
    `~ ${before}`,
    says(0, 'r1', 'r1'),
    `~ ${says(0, 'r1', 'r2')}`,
    says(20, 'r1', 'r2'),
  ];
  return {
    like,
    except: NOT_NGINX,
    shows: {
      [aspect]: [...begin, ...end],
      'Service app: selects': ['every version'],
    },
    source,
  };
}

/** Through a whole update, and an abort. */
export const PLUGIN_ROUTERS: Scenario[] = Object.entries(PLUGINS).flatMap(
  ([name, router]) => [
    scenario(
      `routers/${name}`,
      objectsOf(router),
      [update, ...promoteAt(1, 3), ends(healthy(2))],
      {
        expectation: expectationOf(router, 'routers/nginx', [
          router.says(60, 'r1', 'r2'),
          `~ ${router.says(100, 'r1', 'r2')}`,
          router.says(0, 'r2', 'r2'),
        ]),
      },
    ),
    scenario(
      `routers/${name}-aborted`,
      objectsOf(router),
      [update, ...abortAt(pausedAt(1))],
      {
        expectation: expectationOf(router, 'routers/nginx-aborted', [
          `~ ${router.says(0, 'r1', 'r2')}`,
          router.says(0, 'r1', 'r1'),
        ]),
      },
    ),
  ],
);
