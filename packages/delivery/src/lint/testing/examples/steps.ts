import { GOOD_STEPS, canary, rollout, routed } from '../manifests';
import { experiment } from '../pieces';

export const stepsExamples: Record<string, string> = {
  'no-steps': rollout({ strategy: 'canary: {} # here' }),
  'indefinite-pause-last': canary('- setWeight: 50\n- pause: {} # here'),
  'pause-without-time': canary(
    '- setWeight: 50\n- pause: { duration: 0s } # here',
  ),
  'canary-scale-kept': routed(`
- setCanaryScale: { replicas: 1 }
- setWeight: 10
- pause: { duration: 5m }
- setWeight: 80 # here
- pause: { duration: 5m }
`),
  'route-to-no-pods': rollout({
    strategy: `
canary:
  canaryService: shop-canary
  stableService: shop-stable
  trafficRouting:
    managedRoutes: [{ name: debug }]
    istio: { virtualService: { name: shop } }
  steps:
    - setHeaderRoute: # here
        name: debug
        match: [{ headerName: x-debug, headerValue: { exact: "1" } }]
    - setWeight: 50
    - pause: { duration: 5m }
`,
  }),
  'unused-managed-route': rollout({
    strategy: `
canary:
  canaryService: shop-canary
  stableService: shop-stable
  trafficRouting:
    managedRoutes:
      - name: debug # here
    istio: { virtualService: { name: shop } }
  steps: [{ setWeight: 50 }, { pause: { duration: 5m } }]
`,
  }),
  'experiment-compares-same': experiment(`
duration: 5m
templates: # here
  - { name: a, specRef: canary }
  - { name: b, specRef: canary }
`),
  'experiment-without-end': experiment(`
templates:
  - { name: a, specRef: stable }
  - { name: b, specRef: canary }
`).replace('- experiment:', '- experiment: # here'),
  'unreachable-weight': canary(
    '- setWeight: 10 # here\n- pause: { duration: 5m }\n- setWeight: 50\n- pause: { duration: 5m }',
    'replicas: 2',
  ),
  'weights-alike': canary(
    '- setWeight: 10\n- pause: { duration: 5m }\n- setWeight: 12 # here\n- pause: { duration: 5m }\n- setWeight: 50\n- pause: { duration: 5m }',
  ),
  'weights-go-down': canary(
    '- setWeight: 60\n- pause: { duration: 5m }\n- setWeight: 40 # here\n- pause: { duration: 5m }',
  ),
  'last-weight-low': canary(
    '- setWeight: 20 # here\n- pause: { duration: 5m }',
  ),
  'first-weight-high': canary(
    '- setWeight: 60 # here\n- pause: { duration: 5m }',
  ),
  'weight-without-time': canary(
    '- setWeight: 10 # here\n- setWeight: 50\n- pause: { duration: 5m }',
  ),
  'last-weight-without-time': canary(
    '- setWeight: 10\n- pause: { duration: 5m }\n- setWeight: 50 # here',
  ),
  'weights-out-of-scale': routed(GOOD_STEPS).replace(
    'nginx:',
    'maxTrafficWeight: 1000 # here\n        nginx:',
  ),
};
