import { lint } from '../lint';
import {
  ANALYSIS,
  GOOD_STEPS,
  GOOD_TEMPLATE,
  blueGreen,
  canary,
  documents,
  rollout,
  routed,
  service,
  template,
} from '../testing/manifests';
import {
  budget,
  deployment,
  experiment,
  referring,
  under,
} from '../testing/pieces';

const rulesOf = (text: string) =>
  lint([{ file: 'shop.yaml', text }]).findings.map(({ rule }) => rule);

/** Two metrics, of which the second is as it is told. */
const twoMetrics = (second: string) =>
  `${GOOD_TEMPLATE}    - name: more
      interval: 30s
      count: 5
      successCondition: result[0] < 0.05
${second}      provider:
        prometheus: { address: http://prometheus:9090, query: 'a{hash="{{args.hash}}"}' }
`;

const web = (more: string) =>
  template({
    metric: `
successCondition: result == 1
provider:
  web:
    url: http://tests/{{args.hash}}
${more}`,
  });

const istio = (virtualServices: string) => `
canary:
  canaryService: shop-canary
  stableService: shop-stable
  trafficRouting: { istio: { ${virtualServices} } }
  steps: [{ setWeight: 50 }, { pause: { duration: 5m } }]
`;

const virtualService = (metadata: string) => `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { ${metadata} }
spec:
  hosts: [shop]
  http:
    - name: primary
      route:
        - { destination: { host: shop-stable }, weight: 90 }
        - { destination: { host: shop-canary }, weight: 10 }
`;

describe('a rule leaves alone', () => {
  it.each<[string, string, string]>([
    [
      'service-port-unknown',
      'a port of the pods that is written as a text',
      documents(
        blueGreen('autoPromotionEnabled: false'),
        service('shop', 'ports: [{ port: 80, targetPort: "8080" }]'),
        service('shop-preview'),
      ),
    ],
    [
      'workload-keeps-running',
      'a Deployment that has no pods',
      documents(
        referring('scaleDown: never'),
        deployment('shop').replace('replicas: 3', 'replicas: 0'),
      ),
    ],
    [
      'selectors-overlap',
      'a rollout that takes the pods of a Deployment over',
      documents(
        referring('scaleDown: progressively').replace(
          '  workloadRef:',
          '  selector: { matchLabels: { app: shop } }\n  workloadRef:',
        ),
        deployment('shop'),
      ),
    ],
    [
      'budget-blocks',
      'a budget of other pods',
      documents(
        canary(GOOD_STEPS),
        budget('minAvailable: 100%').replace('app: shop', 'app: cart'),
      ),
    ],
    [
      'weight-without-time',
      'a weight that an analysis looks at',
      documents(
        routed(`
- setWeight: 10
- ${under('analysis', ANALYSIS).replaceAll('\n', '\n  ')}
- setWeight: 50
- pause: { duration: 5m }
`),
        GOOD_TEMPLATE,
      ),
    ],
    [
      'unreachable-weight',
      'a weight that a router makes',
      routed(GOOD_STEPS, '', 'replicas: 2'),
    ],
    [
      'canary-scale-kept',
      'pods that follow the weight again',
      routed(`
- setCanaryScale: { replicas: 1 }
- setWeight: 10
- pause: { duration: 5m }
- setCanaryScale: { matchTrafficWeight: true }
- setWeight: 80
- pause: { duration: 5m }
`),
    ],
    [
      'route-to-no-pods',
      'a route to pods that a scale in percent has made',
      rollout({
        strategy: `
canary:
  canaryService: shop-canary
  stableService: shop-stable
  trafficRouting:
    managedRoutes: [{ name: debug }]
    istio: { virtualService: { name: shop } }
  steps:
    - setCanaryScale: { weight: 10 }
    - setHeaderRoute:
        name: debug
        match: [{ headerName: x-debug, headerValue: { exact: "1" } }]
    - setCanaryScale: { matchTrafficWeight: true }
    - setWeight: 50
    - pause: { duration: 5m }
`,
      }),
    ],
    [
      'experiment-without-end',
      'one that an analysis ends',
      documents(
        experiment(`
templates:
  - { name: a, specRef: stable }
  - { name: b, specRef: canary }
analyses:
  - { name: errors, templateName: errors, requiredForCompletion: true, args: [{ name: hash, value: x }] }
`),
        GOOD_TEMPLATE,
      ),
    ],
    [
      'query-mixes-versions',
      'a query after the switch of everybody',
      documents(
        blueGreen(
          `autoPromotionEnabled: false\n${under('postPromotionAnalysis', ANALYSIS)}`,
        ),
        GOOD_TEMPLATE.replace('hash="{{args.hash}}"', 'app="shop"'),
      ),
    ],
    [
      'background-before-traffic',
      'metrics that all wait at first',
      documents(
        routed(GOOD_STEPS, under('analysis', ANALYSIS)),
        GOOD_TEMPLATE.replace(
          'interval: 30s',
          'interval: 30s\n      initialDelay: 1m',
        ),
      ),
    ],
    [
      'auto-promotion-unseen',
      'a preview that an analysis looks at',
      documents(
        blueGreen(under('prePromotionAnalysis', ANALYSIS)),
        GOOD_TEMPLATE,
      ),
    ],
    [
      'abort-keeps-pods',
      'a canary by pods, to which the delay is nothing',
      rollout({
        strategy: `
canary:
  abortScaleDownDelaySeconds: 0
  steps: [{ setWeight: 50 }, { pause: { duration: 1m } }]
`,
      }),
    ],
    [
      'interval-short',
      'a provider that has new numbers at any time',
      web('').replace('interval: 30s', 'interval: 1s'),
    ],
    [
      'only-dry-run',
      'a dry run beside a metric that counts',
      twoMetrics('').replace(
        '  metrics:',
        '  dryRun: [{ metricName: more }]\n  metrics:',
      ),
    ],
    [
      'secret-in-header',
      'a header whose value is an argument',
      web(`    headers:
      - key: Authorization
        value: Bearer {{args.hash}}
`),
    ],
    [
      'unused-argument',
      'an argument for the templates that it consists of',
      `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: whole }
spec:
  args: [{ name: hash }]
  templates: [{ templateName: errors }]
`,
    ],
  ])('%s: %s', (rule, _, text) => {
    const found = rulesOf(text);

    expect(found).not.toContain(rule);
    // Nothing was overlooked because the manifests could not be looked at.
    expect(found).not.toContain('unreadable');
    expect(found).not.toContain('wrong-type');
  });
});

describe('a rule finds', () => {
  it.each<[string, string, string]>([
    [
      'route-weights-given',
      'a route of one of several VirtualServices',
      documents(
        rollout({
          strategy: istio('virtualServices: [{ name: other }, { name: shop }]'),
        }),
        virtualService('name: shop'),
      ),
    ],
    [
      'route-weights-given',
      'a route in the namespace that the name says',
      documents(
        rollout({ strategy: istio('virtualService: { name: shop.mesh }') }),
        virtualService('name: shop, namespace: mesh'),
      ),
    ],
    [
      'secret-in-arguments',
      'a secret that a rollout hands over',
      documents(
        routed(
          GOOD_STEPS,
          under('analysis', `startingStep: 1\n${ANALYSIS.trim()}`).replace(
            'args: [',
            'args: [{ name: api-token, value: hunter2 }, ',
          ),
        ),
        GOOD_TEMPLATE,
      ),
    ],
    [
      'background-before-traffic',
      'a metric that does not wait among those that do',
      documents(
        routed(GOOD_STEPS, under('analysis', ANALYSIS)),
        twoMetrics('      initialDelay: 1m\n'),
      ),
    ],
    [
      'budget-blocks',
      'a budget whose share rounds up to all pods',
      documents(canary(GOOD_STEPS, 'replicas: 3'), budget('minAvailable: 67%')),
    ],
    [
      'progress-deadline-short',
      'a deadline that minReadySeconds alone use up',
      canary(
        GOOD_STEPS,
        'replicas: 10\nminReadySeconds: 60\nprogressDeadlineSeconds: 60',
      ),
    ],
  ])('%s: %s', (rule, _, text) => {
    expect(rulesOf(text)).toContain(rule);
  });

  it('route-weights-given: nothing in a VirtualService of the same name elsewhere', () => {
    const text = documents(
      rollout({ strategy: istio('virtualService: { name: shop.mesh }') }),
      virtualService('name: shop'),
    );

    expect(rulesOf(text)).not.toContain('route-weights-given');
  });
});
