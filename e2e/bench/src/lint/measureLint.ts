import { lint } from '@progressive-delivery/delivery/preview';
import type { Measurement } from '../measurement';

/** Each has four manifests. */
const SERVICES = 250;
/** Seconds; of the design. */
const BUDGET = 2;

const HOST = 'http://prometheus.monitoring:9090';

/** A canary with its services and its analysis; every tenth has something to find. */
function manifestsOf(index: number): string {
  const name = `shop-${index}`;
  const weight = index % 10 === 0 ? 140 : 50;
  const service = (role: string) => `
apiVersion: v1
kind: Service
metadata: { name: ${name}-${role}, namespace: team-${index % 20} }
spec:
  selector: { app: ${name} }
  ports: [{ port: 80, targetPort: 8080 }]`;
  return `
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: ${name}, namespace: team-${index % 20} }
spec:
  replicas: 5
  revisionHistoryLimit: 3
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec:
      containers:
        - name: app
          image: registry.example.com/${name}:1.2.${index}
          ports: [{ containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /ready, port: 8080 } }
          resources:
            requests: { cpu: 100m, memory: 128Mi }
            limits: { memory: 256Mi }
  strategy:
    canary:
      canaryService: ${name}-canary
      stableService: ${name}-stable
      trafficRouting:
        nginx: { stableIngress: ${name} }
      steps:
        - setWeight: 10
        - pause: { duration: 10m }
        - analysis:
            templates: [{ templateName: ${name} }]
            args: [{ name: service, value: ${name}-canary }]
        - setWeight: ${weight}
        - pause: {}
---${service('canary')}
---${service('stable')}
---
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: ${name}, namespace: team-${index % 20} }
spec:
  args: [{ name: service }]
  metrics:
    - name: success-rate
      interval: 1m
      count: 5
      failureLimit: 1
      successCondition: result[0] >= 0.95
      failureCondition: result[0] < 0.95
      provider:
        prometheus:
          address: ${HOST}
          query: sum(rate(requests_total{service="{{args.service}}",code!~"5.."}[5m])) / sum(rate(requests_total{service="{{args.service}}"}[5m]))
`;
}

/** A repository's manifests, all at once and without a warm-up. */
export async function measureLint(): Promise<Measurement[]> {
  const sources = Array.from({ length: SERVICES }, (_, index) => ({
    file: `services/shop-${index}.yaml`,
    text: manifestsOf(index),
  }));
  const begun = performance.now();
  const { findings, checked } = lint(sources);
  const seconds = (performance.now() - begun) / 1000;
  return [
    {
      what: `lint ${checked.objects} manifests`,
      value: seconds,
      unit: 's',
      budget: BUDGET,
      note: `${checked.files} files, ${findings.length} findings, no warm-up`,
    },
  ];
}
