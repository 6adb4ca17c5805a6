import { canary, QUERY, template } from './manifests';

export const under = (field: string, text: string) =>
  `${field}:\n${text
    .trim()
    .split('\n')
    .map(line => `  ${line}`)
    .join('\n')}`;

export const metric = (text: string) => template({ metric: text + QUERY });

export const budget = (spec: string) => `apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: shop }
spec:
  selector: { matchLabels: { app: shop } }
  ${spec}
`;

export const scaler = (target: string) => `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: shop }
spec:
  maxReplicas: 5
  scaleTargetRef:
    ${target}
`;

export const referring = (ref: string) => `apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: shop }
spec:
  replicas: 10
  workloadRef:
    apiVersion: apps/v1
    kind: Deployment
    name: shop
    ${ref}
  strategy: { canary: { steps: [{ setWeight: 50 }, { pause: { duration: 1m } }] } }
`;

export const deployment = (name: string) => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec:
  replicas: 3
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers: [{ name: shop, image: example/shop:1.2.3 }]
`;

export const experiment = (more: string) =>
  canary(`
- setWeight: 10
- experiment:
${more
  .trim()
  .split('\n')
  .map(line => `    ${line}`)
  .join('\n')}
- setWeight: 50
- pause: { duration: 5m }
`);
