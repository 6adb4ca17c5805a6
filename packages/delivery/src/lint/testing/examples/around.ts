import {
  GOOD_STEPS,
  blueGreen,
  canary,
  documents,
  rollout,
  service,
} from '../manifests';
import { budget, deployment, referring, scaler } from '../pieces';

export const aroundExamples: Record<string, string> = {
  'reference-not-given': blueGreen('autoPromotionEnabled: false').replace(
    /(Service: .*)/g,
    '$1 # here',
  ),
  'service-pins-hash': service('shop').replace(
    'selector: { app: shop }',
    'selector:\n    app: shop\n    rollouts-pod-template-hash: abc # here',
  ),
  'service-port-unknown': documents(
    blueGreen('autoPromotionEnabled: false'),
    service('shop', 'ports:\n  - port: 80\n    targetPort: web # here'),
    service('shop-preview'),
  ),
  'route-weights-given': documents(
    rollout({
      strategy: `
canary:
  canaryService: shop-canary
  stableService: shop-stable
  trafficRouting: { istio: { virtualService: { name: shop } } }
  steps: [{ setWeight: 50 }, { pause: { duration: 5m } }]
`,
    }),
    `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: shop }
spec:
  hosts: [shop]
  http:
    - route:
        - destination: { host: shop-stable }
          weight: 90
        - destination: { host: shop-canary }
          weight: 10 # here
`,
  ),
  'selectors-overlap': documents(
    canary(GOOD_STEPS).replace(
      'selector: { matchLabels: { app: shop } }',
      'selector: { matchLabels: { app: shop } } # here',
    ),
    deployment('old').replace('selector:', 'selector: # here\n   '),
  ),
  'workload-keeps-running': documents(
    referring('scaleDown: never # here'),
    deployment('shop'),
  ),
  'hpa-on-deployment': documents(
    referring('scaleDown: progressively'),
    deployment('shop'),
    scaler('apiVersion: apps/v1\n    kind: Deployment # here\n    name: shop'),
  ),
  'hpa-wrong-group': documents(
    canary(GOOD_STEPS),
    scaler('apiVersion: apps/v1 # here\n    kind: Rollout\n    name: shop'),
  ),
  'replicas-beside-hpa': documents(
    canary(GOOD_STEPS, 'replicas: 10 # here'),
    scaler(
      'apiVersion: argoproj.io/v1alpha1\n    kind: Rollout\n    name: shop',
    ),
  ),
  'budget-blocks': documents(
    canary(GOOD_STEPS),
    budget('minAvailable: 100% # here'),
  ),
};
