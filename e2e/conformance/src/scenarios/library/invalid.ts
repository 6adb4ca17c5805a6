import type { AnyObject } from '@progressive-delivery/kube';
import { ends, on, scenario } from '../acts';
import { create, patchSpec } from '../actions';
import {
  ISTIO,
  blueGreen,
  canary,
  pause,
  podTemplate,
  rollout,
  routedCanary,
  service,
  templates,
  virtualService,
  weight,
  webTemplate,
} from '../builders';
import { begun, healthy, refused } from '../milestones';
import type { Scenario } from '../scenario';

const services = [service('app-stable'), service('app-canary')];
const routed = {
  stableService: 'app-stable',
  canaryService: 'app-canary',
  trafficRouting: ISTIO,
};

/** Each is refused as it is created. */
const AT_ONCE: Record<string, AnyObject[]> = {
  'two-strategies': [
    service('app-active'),
    rollout({ canary: {}, blueGreen: { activeService: 'app-active' } }),
  ],
  'no-strategy': [rollout({})],
  'weight-above-100': canary([weight(101)]),
  'weight-below-0': canary([weight(-1)]),
  'empty-step': canary([{}]),
  'two-kinds-in-a-step': canary([{ ...weight(10), ...pause() }]),
  'negative-pause': canary([pause(-5)]),
  'bad-duration': canary([pause('soon')]),
  'no-surge-and-none-unavailable': canary([weight(20)], {
    maxSurge: 0,
    maxUnavailable: 0,
  }),
  'surge-is-no-percentage': canary([weight(20)], { maxSurge: 'a lot' }),
  'selector-matches-nothing': canary(
    [],
    {},
    {
      selector: { matchLabels: { app: 'other' } },
    },
  ),
  'empty-selector': canary([], {}, { selector: {} }),
  'bad-selector': canary(
    [],
    {},
    {
      selector: {
        matchExpressions: [{ key: 'app', operator: 'Near', values: ['x'] }],
      },
    },
  ),
  'no-template': canary([], {}, { template: undefined }),
  'template-without-containers': canary(
    [],
    {},
    {
      template: {
        metadata: { labels: { app: 'app' } },
        spec: { containers: [] },
      },
    },
  ),
  'bad-quantity': canary(
    [],
    {},
    {
      template: podTemplate(undefined, {
        container: { resources: { requests: { cpu: 'asdf' } } },
      }),
    },
  ),
  'missing-service': canary([], {
    stableService: 'app-stable',
    canaryService: 'app-canary',
  }),
  'same-service-twice': [
    service('app-stable'),
    ...canary([], { stableService: 'app-stable', canaryService: 'app-stable' }),
  ],
  'active-is-preview': [
    service('app-active'),
    rollout({
      blueGreen: { activeService: 'app-active', previewService: 'app-active' },
    }),
  ],
  'missing-active-service': [
    rollout({ blueGreen: { activeService: 'app-active' } }),
  ],
  'missing-preview-service': [
    service('app-active'),
    rollout({
      blueGreen: { activeService: 'app-active', previewService: 'app-preview' },
    }),
  ],
  'no-active-service': [rollout({ blueGreen: { activeService: '' } })],
  'missing-virtual-service': [
    ...services,
    rollout({ canary: { ...routed, steps: [weight(20)] } }),
  ],
  'missing-route': [
    ...services,
    virtualService(),
    rollout({
      canary: {
        ...routed,
        trafficRouting: {
          istio: { virtualService: { name: 'app', routes: ['secondary'] } },
        },
      },
    }),
  ],
  'routing-without-services': [
    virtualService(),
    rollout({ canary: { trafficRouting: ISTIO, steps: [weight(20)] } }),
  ],
  'route-leads-elsewhere': [
    ...services,
    virtualService({
      hosts: ['app.example'],
      http: [{ name: 'primary', route: [{ destination: { host: 'other' } }] }],
    }),
    rollout({ canary: routed }),
  ],
  'missing-ingress': [
    ...services,
    rollout({
      canary: {
        ...routed,
        trafficRouting: { nginx: { stableIngress: 'app' } },
      },
    }),
  ],
  'canary-scale-without-routing': canary([{ setCanaryScale: { replicas: 2 } }]),
  'canary-scale-of-two-kinds': routedCanary([
    { setCanaryScale: { weight: 20, replicas: 2 } },
  ]),
  'canary-scale-of-no-kind': routedCanary([{ setCanaryScale: {} }]),
  'header-route-without-managed-routes': routedCanary([
    {
      setHeaderRoute: {
        name: 'by-header',
        match: [{ headerName: 'x', headerValue: { exact: 'y' } }],
      },
    },
  ]),
  'mirror-route-without-managed-routes': routedCanary([
    { setMirrorRoute: { name: 'mirror', percentage: 50 } },
  ]),
  'header-route-by-counting-pods': canary([
    { setHeaderRoute: { name: 'by-header' } },
  ]),
  'dynamic-scale-without-routing': canary([weight(20)], {
    dynamicStableScale: true,
  }),
  'dynamic-scale-with-delay': routedCanary([weight(20)], {
    dynamicStableScale: true,
    scaleDownDelaySeconds: 30,
  }),
  'ping-pong-without-pong': [
    ...services,
    virtualService(),
    rollout({
      canary: {
        pingPong: { pingService: 'app-stable', pongService: '' },
        trafficRouting: ISTIO,
      },
    }),
  ],
  'deadline-before-ready': canary(
    [],
    {},
    {
      minReadySeconds: 10,
      progressDeadlineSeconds: 5,
    },
  ),
  'replicas-below-0': canary([], {}, { replicas: -1 }),
  'history-below-0': canary([], {}, { revisionHistoryLimit: -1 }),
  'missing-analysis-template': canary([{ analysis: templates('missing') }]),
  'missing-background-template': canary([weight(20)], {
    analysis: templates('missing'),
  }),
  'missing-argument': [
    webTemplate('check', 'errors', {}, { args: [{ name: 'service' }] }),
    ...canary([{ analysis: templates('check') }]),
  ],
  'missing-pre-promotion-template': blueGreen({
    prePromotionAnalysis: templates('missing'),
  }),
  'starting-step-beyond-the-last': [
    webTemplate('check', 'errors'),
    ...canary([weight(20)], {
      analysis: { ...templates('check'), startingStep: 7 },
    }),
  ],
  'counted-without-end-in-a-step': [
    webTemplate('check', 'errors'),
    ...canary([{ analysis: templates('check') }]),
  ],
  'workload-and-template': canary(
    [],
    {},
    {
      workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'app' },
    },
  ),
  'missing-workload': canary(
    [],
    {},
    {
      template: undefined,
      selector: undefined,
      workloadRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'app' },
    },
  ),
  'max-traffic-weight-by-istio': routedCanary([weight(20)], {
    trafficRouting: { ...ISTIO, maxTrafficWeight: 1000 },
  }),
};

/** Whatever is wrong, the rollout is InvalidSpec, and its objects are left alone. */
export const INVALID: Scenario[] = [
  ...Object.entries(AT_ONCE).map(([name, objects]) =>
    // What the API server refuses is nobody's concern: the scenario is then empty.
    scenario(`invalid/${name}`, objects, [ends(begun)], {
      refusedByServer: 'allowed',
    }),
  ),
  scenario('invalid/then-mended', canary([weight(101)]), [
    on(refused, patchSpec({ strategy: { canary: { steps: [weight(50)] } } })),
    ends(healthy()),
  ]),
  scenario(
    'invalid/service-comes-later',
    [rollout({ blueGreen: { activeService: 'app-active' } })],
    [on(refused, create(service('app-active'))), ends(healthy())],
  ),
  scenario('invalid/while-it-serves', canary([]), [
    on(
      healthy(),
      patchSpec({ strategy: { canary: { steps: [weight(101)] } } }),
    ),
    on(refused, patchSpec({ strategy: { canary: { steps: [weight(50)] } } })),
    ends(healthy()),
  ]),
  scenario(
    'invalid/service-of-another-rollout',
    [
      service('app-active'),
      rollout(
        { blueGreen: { activeService: 'app-active' } },
        { metadata: { name: 'first' } },
      ),
    ],
    [
      on(
        healthy(1, 'first'),
        create(rollout({ blueGreen: { activeService: 'app-active' } })),
      ),
      ends(refused),
    ],
  ),
];
