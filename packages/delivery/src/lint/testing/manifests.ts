/** Pieces of manifests for the examples. Two spaces of indentation each. */
const indent = (text: string, by: number) =>
  text
    .replace(/^\n|\s+$/g, '')
    .split('\n')
    .map(line => (line ? ' '.repeat(by) + line : line))
    .join('\n');

/** A container that no rule minds. */
export const CONTAINER = `
- name: shop
  image: example/shop:1.2.3
  ports: [{ name: http, containerPort: 8080 }]
  readinessProbe: { httpGet: { path: /ready, port: http } }
  lifecycle: { preStop: { sleep: { seconds: 5 } } }
  resources: { requests: { cpu: 100m, memory: 64Mi } }
`;

export interface RolloutPieces {
  /** Below `spec.strategy`. */
  strategy: string;
  /** Beside `strategy`; the defaults are 10 replicas and a selector. */
  spec?: string;
  containers?: string;
  name?: string;
}

export function rollout({
  strategy,
  spec = 'replicas: 10',
  containers = CONTAINER,
  name = 'shop',
}: RolloutPieces): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: ${name} }
spec:
${indent(spec, 2)}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
${indent(containers, 8)}
  strategy:
${indent(strategy, 4)}
`;
}

/** A canary by pods with these steps. */
export const canary = (steps: string, spec?: string) =>
  rollout({ strategy: `canary:\n  steps:\n${indent(steps, 4)}`, spec });

/** A canary routed by nginx with these steps, and more in its stanza. */
export const routed = (steps: string, more = '', spec?: string) =>
  rollout({
    strategy: `canary:\n  canaryService: shop-canary\n  stableService: shop-stable\n  trafficRouting:\n    nginx: { stableIngress: shop }\n${more ? `${indent(more, 2)}\n` : ''}  steps:\n${indent(steps, 4)}`,
    spec,
  });

export const blueGreen = (more: string, spec?: string) =>
  rollout({
    strategy: `blueGreen:\n  activeService: shop\n  previewService: shop-preview\n${indent(more, 2)}`,
    spec,
  });

export interface TemplatePieces {
  metric: string;
  /** Beside `metrics`. */
  spec?: string;
  name?: string;
}

/** A template with one metric: what is given, and a name and a provider. */
export function template({
  metric,
  spec = 'args: [{ name: hash }]',
  name = 'errors',
}: TemplatePieces): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: ${name} }
spec:
${indent(spec, 2)}
  metrics:
    - name: errors
      interval: 30s
      count: 5
${indent(metric, 6)}
`;
}

export const QUERY = `
provider:
  prometheus:
    address: http://prometheus:9090
    query: sum(rate(errors{hash="{{args.hash}}"}[1m]))
`;

/** A template that no rule minds. */
export const GOOD_TEMPLATE = template({
  metric: `successCondition: result[0] < 0.05\nfailureLimit: 1${QUERY}`,
});

/** An analysis that uses it, below its field. */
export const ANALYSIS = `
templates: [{ templateName: errors }]
args: [{ name: hash, valueFrom: { podTemplateHashValue: Latest } }]
`;

export const service = (
  name: string,
  more = 'ports: [{ port: 80, targetPort: http }]',
) =>
  `apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec:
  selector: { app: shop }
${indent(more, 2)}
`;

export const documents = (...all: string[]) => all.join('---\n');

/** Steps that no rule minds, with ten replicas. */
export const GOOD_STEPS = `
- setWeight: 10
- pause: { duration: 5m }
- setWeight: 50
- pause: { duration: 5m }
`;

/** A service, its canary and its analysis that no rule minds. */
export const GOOD = documents(
  routed(GOOD_STEPS, `analysis:\n  startingStep: 1\n${indent(ANALYSIS, 2)}`),
  service('shop-stable'),
  service('shop-canary'),
  `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: shop }
spec:
  rules:
    - http:
        paths:
          - path: /
            pathType: Prefix
            backend: { service: { name: shop-stable, port: { number: 80 } } }
`,
  GOOD_TEMPLATE,
);
