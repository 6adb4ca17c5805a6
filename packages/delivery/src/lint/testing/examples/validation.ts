import {
  GOOD_STEPS,
  GOOD_TEMPLATE,
  blueGreen,
  canary,
  documents,
  rollout,
  routed,
  service,
} from '../manifests';
import { experiment, referring } from '../pieces';

export const validationExamples: Record<string, string> = {
  'unsupported-here': rollout({
    strategy: `
canary:
  canaryService: a
  stableService: b
  trafficRouting:
    plugins:
      example/router: {} # here
  steps: [{ setWeight: 50 }, { pause: { duration: 1m } }]
`,
  }),
  'endless-step-analysis': documents(
    canary(`
- setWeight: 10
- analysis:
    templates: [{ templateName: errors }] # here
    args: [{ name: hash, valueFrom: { podTemplateHashValue: Latest } }]
- setWeight: 50
- pause: { duration: 5m }
`),
    GOOD_TEMPLATE.replace('      count: 5\n', ''),
  ),
  'stable-scale-conflict': routed(
    GOOD_STEPS,
    'dynamicStableScale: true # here\nscaleDownDelaySeconds: 30',
  ),
  'same-service-twice': blueGreen('autoPromotionEnabled: false').replace(
    'activeService: shop',
    'activeService: shop-preview # here',
  ),
  'service-selector': documents(
    blueGreen('autoPromotionEnabled: false').replace(
      'activeService: shop',
      'activeService: shop # here',
    ),
    service('shop').replace('app: shop', 'app: other'),
  ),
  'invalid-analysis': documents(
    canary(`
- setWeight: 10
- analysis:
    templates: [{ templateName: errors }] # here
- setWeight: 50
- pause: { duration: 5m }
`),
    GOOD_TEMPLATE,
  ),
  'invalid-experiment': experiment(`
duration: 5m
templates:
  - { name: a, specRef: stable }
  - { name: b, specRef: other } # here
`),
  'invalid-route-step': routed(`
- setCanaryScale: { replicas: 1 }
- setHeaderRoute: # here
    name: debug
    match: [{ headerName: x-debug, headerValue: { exact: "1" } }]
- pause: { duration: 5m }
`),
  'invalid-step': canary('- setWeight: 200 # here\n- pause: { duration: 5m }'),
  'invalid-routing': rollout({
    strategy: `
canary:
  canaryService: shop-canary
  stableService: shop-stable
  trafficRouting: # here
    maxTrafficWeight: 100
  steps: [{ setWeight: 50 }, { pause: { duration: 1m } }]
`,
  }),
  'invalid-blue-green': blueGreen('previewReplicaCount: -1 # here'),
  'invalid-surge': rollout({
    strategy: `
canary:
  maxSurge: 0 # here
  maxUnavailable: 0
  steps: [{ setWeight: 50 }, { pause: { duration: 1m } }]
`,
  }),
  'invalid-strategy': rollout({
    strategy: 'canary: {}\nblueGreen: { activeService: shop }',
  }).replace('strategy:', 'strategy: # here'),
  'invalid-workload-ref': referring('scaleDown: sometimes # here'),
  'invalid-rollout': canary(
    GOOD_STEPS,
    'minReadySeconds: 30\nprogressDeadlineSeconds: 20 # here',
  ),
  'invalid-analysis-template': GOOD_TEMPLATE.replace(
    '- name: errors\n      interval: 30s',
    '- name: errors # here',
  ),
  'invalid-experiment-object': `apiVersion: argoproj.io/v1alpha1
kind: Experiment
metadata: { name: shop }
spec:
  duration: soon # here
  templates:
    - name: a
      selector: { matchLabels: { app: a } }
      template:
        metadata: { labels: { app: a } }
        spec: { containers: [{ name: a, image: example/a:1 }] }
`,
};
