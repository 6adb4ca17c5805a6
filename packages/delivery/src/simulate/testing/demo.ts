import type {
  AnalysisTemplate,
  BlueGreenStrategy,
  CanaryStep,
  CanaryStrategy,
  KubeObject,
  Rollout,
  RolloutStrategy,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

export const START = Date.parse('2026-01-01T00:00:00Z');

export function service(name: string, app: string = 'colors'): Service {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace: 'demo' },
    spec: { selector: { app }, ports: [{ port: 80 }] },
  };
}

export function virtualService(name: string = 'colors'): KubeObject {
  const destination = (host: string, weight: number) => ({
    destination: { host },
    weight,
  });
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: 'demo' },
    spec: {
      hosts: [`${name}.demo.local`],
      http: [
        {
          name: 'primary',
          route: [
            destination(`${name}-stable`, 100),
            destination(`${name}-canary`, 0),
          ],
        },
      ],
    },
  } as KubeObject;
}

export function template(name: string = 'success-rate'): AnalysisTemplate {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name, namespace: 'demo' },
    spec: {
      metrics: [
        {
          name,
          interval: '5s',
          count: 4,
          successCondition: 'result[0] >= 0.95',
          failureLimit: 2,
          provider: {
            prometheus: { address: 'http://prometheus', query: '1' },
          },
        },
      ],
    },
  };
}

export const COLORS_STEPS: CanaryStep[] = [
  { setWeight: 20 },
  { pause: {} },
  { setWeight: 40 },
  { pause: { duration: '10s' } },
  { setWeight: 60 },
  { pause: { duration: '10s' } },
  { setWeight: 80 },
  { pause: { duration: '10s' } },
];

export function rollout(
  name: string,
  image: string,
  canary: CanaryStrategy,
): Rollout {
  return rolloutOf(name, image, { canary });
}

function rolloutOf(
  name: string,
  image: string,
  strategy: RolloutStrategy,
): Rollout {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name, namespace: 'demo', uid: `uid-${name}`, generation: 1 },
    spec: {
      replicas: 5,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image }] },
      },
      strategy,
    },
  };
}

/** The demo's `colors`: routed by Istio, with background analysis. */
export function colors(image: string = 'demo/colors:blue'): Rollout {
  return rollout('colors', image, {
    canaryService: 'colors-canary',
    stableService: 'colors-stable',
    trafficRouting: {
      istio: { virtualService: { name: 'colors', routes: ['primary'] } },
    },
    analysis: { templates: [{ templateName: 'success-rate' }] },
    steps: COLORS_STEPS,
  });
}

/** The demo's `search`: by replica count, with an analysis step. */
export function search(image: string = 'demo/search:blue'): Rollout {
  return rollout('search', image, {
    steps: [
      { setWeight: 20 },
      { analysis: { templates: [{ templateName: 'success-rate' }] } },
      { setWeight: 60 },
      { pause: { duration: '10s' } },
    ],
  });
}

/** Blue-green with both services, promoted as soon as the preview is ready. */
export function checkout(
  strategy: Partial<BlueGreenStrategy> = {},
  image: string = 'demo/checkout:blue',
): Rollout {
  return rolloutOf('checkout', image, {
    blueGreen: {
      activeService: 'checkout-active',
      previewService: 'checkout-preview',
      ...strategy,
    },
  });
}
