import type { AnyObject } from '@progressive-delivery/kube';

// Manifests are as open as in YAML: the API server checks them.
type Fields = Record<string, any>;

export const IMAGE = 'demo/app:1';
export const NEXT = 'demo/app:2';
export const THIRD = 'demo/app:3';
/** No registry has it: its pods never start. */
export const BROKEN = 'demo/app:unpullable';

export const LABELS = { app: 'app' };

export function podTemplate(image = IMAGE, more: Fields = {}): Fields {
  const { labels, annotations, container, ...spec } = more;
  return {
    metadata: {
      labels: { ...LABELS, ...labels },
      ...(annotations && { annotations }),
    },
    spec: {
      containers: [{ name: 'app', image, ...container }],
      terminationGracePeriodSeconds: 5,
      ...spec,
    },
  };
}

/** Ready only a while after their start: there is time to act in mid-step. */
export const slowPods = (seconds = 4) => ({
  container: {
    readinessProbe: { initialDelaySeconds: seconds, tcpSocket: { port: 80 } },
  },
});

/** A rollout named `app` of four replicas. */
export function rollout(strategy: Fields, more: Fields = {}): AnyObject {
  const { metadata, ...spec } = more;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'app', ...metadata },
    spec: {
      replicas: 4,
      selector: { matchLabels: LABELS },
      template: podTemplate(),
      strategy,
      ...spec,
    },
  };
}

/** By counting pods. */
export function canary(
  steps: Fields[],
  strategy: Fields = {},
  more: Fields = {},
): AnyObject[] {
  return [
    rollout(
      { canary: { ...(steps.length > 0 && { steps }), ...strategy } },
      more,
    ),
  ];
}

export function service(name: string, more: Fields = {}): AnyObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, ...more.metadata },
    spec: {
      selector: LABELS,
      ports: [{ name: 'http', port: 80, targetPort: 80 }],
      ...more.spec,
    },
  };
}

export function virtualService(spec?: Fields, name = 'app'): AnyObject {
  return {
    apiVersion: 'networking.istio.io/v1alpha3',
    kind: 'VirtualService',
    metadata: { name },
    spec: spec ?? {
      hosts: ['app.example'],
      http: [
        {
          name: 'primary',
          route: [
            { destination: { host: 'app-stable' }, weight: 100 },
            { destination: { host: 'app-canary' }, weight: 0 },
          ],
        },
      ],
    },
  };
}

/** An ingress whose one path leads to a service. */
export function ingress(
  name: string,
  annotations: Record<string, string>,
  port: Fields = { number: 80 },
  backend = 'app-stable',
): AnyObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, annotations },
    spec: {
      rules: [
        {
          host: `${name}.example`,
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: backend, port } },
              },
            ],
          },
        },
      ],
    },
  };
}

export const ISTIO = {
  istio: { virtualService: { name: 'app', routes: ['primary'] } },
};

/** By routing: Istio, two services; short delays. */
export function routedCanary(
  steps: Fields[],
  strategy: Fields = {},
  more: Fields = {},
): AnyObject[] {
  return [
    service('app-stable'),
    service('app-canary'),
    virtualService(),
    rollout(
      {
        canary: {
          stableService: 'app-stable',
          canaryService: 'app-canary',
          scaleDownDelaySeconds: 2,
          abortScaleDownDelaySeconds: 2,
          trafficRouting: ISTIO,
          ...(steps.length > 0 && { steps }),
          ...strategy,
        },
      },
      more,
    ),
  ];
}

export function blueGreen(
  strategy: Fields = {},
  more: Fields = {},
): AnyObject[] {
  return [
    service('app-active'),
    service('app-preview'),
    rollout(
      {
        blueGreen: {
          activeService: 'app-active',
          previewService: 'app-preview',
          scaleDownDelaySeconds: 2,
          abortScaleDownDelaySeconds: 2,
          ...strategy,
        },
      },
      { replicas: 2, ...more },
    ),
  ];
}

/** A template that reads one series by the web provider. */
export function webTemplate(
  name: string,
  series: string,
  metric: Fields = {},
  spec: Fields = {},
): AnyObject {
  return analysisTemplate(
    name,
    [
      {
        name: series,
        interval: '1s',
        successCondition: 'result > 0',
        provider: {
          web: {
            url: `\${metrics}/web/${series}`,
            jsonPath: '{$.value}',
          },
        },
        ...metric,
      },
    ],
    spec,
  );
}

/** A template that reads one series by the Prometheus provider. */
export function prometheusTemplate(
  name: string,
  series: string,
  metric: Fields = {},
  spec: Fields = {},
): AnyObject {
  return analysisTemplate(
    name,
    [
      {
        name: series,
        interval: '1s',
        successCondition: 'result[0] > 0',
        provider: { prometheus: { address: '${metrics}', query: series } },
        ...metric,
      },
    ],
    spec,
  );
}

export function analysisTemplate(
  name: string,
  metrics: Fields[],
  spec: Fields = {},
): AnyObject {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisTemplate',
    metadata: { name },
    spec: { metrics, ...spec },
  };
}

export const templates = (...names: string[]) => ({
  templates: names.map(templateName => ({ templateName })),
});

export const weight = (setWeight: number) => ({ setWeight });
export const pause = (duration?: string | number) => ({
  pause: duration === undefined ? {} : { duration },
});
