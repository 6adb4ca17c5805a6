import { RESOURCES } from '@progressive-delivery/kube';
import { ROUTER_KINDS } from '../../bed/routerKinds';
import { abortAt, ends, on, promoteAt, scenario, update } from '../acts';
import {
  abort,
  patchOf,
  patchSpec,
  promote,
  promoteFull,
  retry,
  setImage,
} from '../actions';
import {
  IMAGE,
  ISTIO,
  THIRD,
  pause,
  rollout,
  routedCanary,
  service,
  virtualService,
  weight,
} from '../builders';
import { aborted, healthy, pausedAt, refused, rested } from '../milestones';
import type { Scenario } from '../scenario';

const STAIRS = [weight(20), pause(), weight(60), pause()];
const climbed = [update, ...promoteAt(1, 3), ends(healthy(2))];
const oneStop = [update, ...promoteAt(1), ends(healthy(2))];

const destinations = [
  { destination: { host: 'app-stable' }, weight: 100 },
  { destination: { host: 'app-canary' }, weight: 0 },
];
const bySubset = [
  { destination: { host: 'app', subset: 'stable' }, weight: 100 },
  { destination: { host: 'app', subset: 'canary' }, weight: 0 },
];
const destinationRule = {
  apiVersion: 'networking.istio.io/v1alpha3',
  kind: 'DestinationRule',
  metadata: { name: 'app' },
  spec: {
    host: 'app',
    subsets: [
      { name: 'stable', labels: { app: 'app' } },
      { name: 'canary', labels: { app: 'app' } },
    ],
  },
};

const DELAY_FORGOTTEN = {
  unsteady: {
    aspect: /: scale-down scheduled$/,
    reason: 'the reference scales old pods down with the delay, or without it',
  },
};

/** Canaries by routing, shown with Istio. */
export const TRAFFIC_ROUTING: Scenario[] = [
  scenario('istio/two-pauses', routedCanary(STAIRS), climbed),
  scenario('istio/without-steps', routedCanary([]), [update, ends(healthy(2))]),
  scenario(
    'istio/weight-100-then-pause',
    routedCanary([weight(100), pause()]),
    oneStop,
  ),
  scenario('istio/pause-first', routedCanary([pause(), weight(50)]), [
    update,
    ...promoteAt(0),
    ends(healthy(2)),
  ]),
  scenario(
    'istio/timed-pauses',
    routedCanary([weight(25), pause('2s'), weight(50), pause(2)]),
    [update, ends(healthy(2))],
  ),
  scenario('istio/abort-at-pause', routedCanary([weight(20), pause()]), [
    update,
    ...abortAt(pausedAt(1)),
  ]),
  scenario('istio/abort-then-retry', routedCanary([weight(20), pause()]), [
    update,
    on(pausedAt(1), abort),
    on(rested(aborted), retry),
    ...promoteAt(1),
    ends(healthy(2)),
  ]),
  scenario('istio/abort-then-back', routedCanary([weight(20), pause()]), [
    update,
    on(pausedAt(1), abort),
    on(rested(aborted), setImage(IMAGE)),
    ends(healthy(3)),
  ]),
  scenario(
    'istio/abort-keeps-canary',
    routedCanary([weight(50), pause()], { abortScaleDownDelaySeconds: 0 }),
    [update, ...abortAt(pausedAt(1))],
  ),
  scenario('istio/promote-full-at-pause', routedCanary(STAIRS), [
    update,
    on(pausedAt(1), promoteFull),
    ends(healthy(2)),
  ]),
  scenario(
    'istio/new-template-then-newer',
    routedCanary([weight(50), pause()]),
    [
      update,
      on(pausedAt(1), setImage(THIRD)),
      ...promoteAt(1),
      ends(healthy(3)),
    ],
  ),
  scenario(
    'istio/by-subset',
    [
      service('app'),
      virtualService({
        hosts: ['app'],
        http: [{ name: 'primary', route: bySubset }],
      }),
      destinationRule,
      rollout({
        canary: {
          scaleDownDelaySeconds: 2,
          trafficRouting: {
            istio: {
              virtualService: { name: 'app', routes: ['primary'] },
              destinationRule: {
                name: 'app',
                canarySubsetName: 'canary',
                stableSubsetName: 'stable',
              },
            },
          },
          steps: STAIRS,
        },
      }),
    ],
    climbed,
  ),
  scenario(
    'istio/two-virtual-services',
    [
      virtualService(
        {
          hosts: ['other.example'],
          http: [{ name: 'secondary', route: destinations }],
        },
        'other',
      ),
      ...routedCanary(STAIRS, {
        trafficRouting: {
          istio: {
            virtualServices: [
              { name: 'app', routes: ['primary'] },
              { name: 'other', routes: ['secondary'] },
            ],
          },
        },
      }),
    ],
    climbed,
  ),
  scenario(
    'istio/two-routes-of-one',
    [
      service('app-stable'),
      service('app-canary'),
      virtualService({
        hosts: ['app.example'],
        http: [
          { name: 'primary', route: destinations },
          { name: 'untouched', route: [{ destination: { host: 'other' } }] },
          { name: 'secondary', route: destinations },
        ],
      }),
      rollout({
        canary: {
          stableService: 'app-stable',
          canaryService: 'app-canary',
          scaleDownDelaySeconds: 2,
          trafficRouting: {
            istio: {
              virtualService: { name: 'app', routes: ['primary', 'secondary'] },
            },
          },
          steps: STAIRS,
        },
      }),
    ],
    climbed,
  ),
  scenario(
    'istio/single-unnamed-route',
    [
      service('app-stable'),
      service('app-canary'),
      virtualService({ hosts: ['app'], http: [{ route: destinations }] }),
      rollout({
        canary: {
          stableService: 'app-stable',
          canaryService: 'app-canary',
          scaleDownDelaySeconds: 2,
          trafficRouting: { istio: { virtualService: { name: 'app' } } },
          steps: STAIRS,
        },
      }),
    ],
    climbed,
  ),
  ...(['tls', 'tcp'] as const).map(protocol =>
    scenario(
      `istio/${protocol}-routes`,
      [
        service('app-stable'),
        service('app-canary'),
        virtualService({
          hosts: ['app.example'],
          [protocol]: [
            {
              match: [
                protocol === 'tls'
                  ? { port: 443, sniHosts: ['app.example'] }
                  : { port: 443 },
              ],
              route: destinations,
            },
          ],
        }),
        rollout({
          canary: {
            stableService: 'app-stable',
            canaryService: 'app-canary',
            scaleDownDelaySeconds: 2,
            trafficRouting: {
              istio: {
                virtualService: {
                  name: 'app',
                  [`${protocol}Routes`]: [
                    {
                      port: 443,
                      ...(protocol === 'tls' && { sniHosts: ['app.example'] }),
                    },
                  ],
                },
              },
            },
            steps: STAIRS,
          },
        }),
      ],
      climbed,
    ),
  ),
  scenario(
    'istio/canary-scale-in-replicas',
    routedCanary([{ setCanaryScale: { replicas: 3 } }, weight(20), pause()]),
    [update, ...promoteAt(2), ends(healthy(2))],
  ),
  scenario(
    'istio/canary-scale-in-percent',
    routedCanary([{ setCanaryScale: { weight: 50 } }, weight(10), pause()]),
    [update, ...promoteAt(2), ends(healthy(2))],
  ),
  scenario(
    'istio/canary-scale-back-to-weight',
    routedCanary([
      { setCanaryScale: { replicas: 4 } },
      weight(25),
      pause(),
      { setCanaryScale: { matchTrafficWeight: true } },
      pause(),
    ]),
    [update, ...promoteAt(2, 4), ends(healthy(2))],
  ),
  scenario(
    'istio/canary-scale-to-zero',
    routedCanary([{ setCanaryScale: { replicas: 0 } }, pause(), weight(50)]),
    [update, ...promoteAt(1), ends(healthy(2))],
  ),
  scenario(
    'istio/minimum-of-pods',
    routedCanary(STAIRS, { minPodsPerReplicaSet: 2 }),
    climbed,
  ),
  scenario(
    'istio/minimum-above-replicas',
    routedCanary(
      [weight(50), pause()],
      { minPodsPerReplicaSet: 3 },
      { replicas: 2 },
    ),
    oneStop,
  ),
  scenario(
    'istio/ping-pong',
    [
      service('app-ping'),
      service('app-pong'),
      virtualService({
        hosts: ['app.example'],
        http: [
          {
            name: 'primary',
            route: [
              { destination: { host: 'app-ping' }, weight: 100 },
              { destination: { host: 'app-pong' }, weight: 0 },
            ],
          },
        ],
      }),
      rollout({
        canary: {
          pingPong: { pingService: 'app-ping', pongService: 'app-pong' },
          scaleDownDelaySeconds: 2,
          trafficRouting: ISTIO,
          steps: [weight(20), pause()],
        },
      }),
    ],
    [
      ...[update, ...promoteAt(1)],
      on(rested(healthy(2), 5), setImage(THIRD)),
      ...promoteAt(1),
      ends(rested(healthy(3), 5)),
    ],
    DELAY_FORGOTTEN,
  ),
  scenario(
    'istio/two-old-versions',
    routedCanary([], {
      scaleDownDelaySeconds: 30,
      scaleDownDelayRevisionLimit: 1,
    }),
    [update, on(healthy(2), setImage(THIRD)), ends(healthy(3))],
    DELAY_FORGOTTEN,
  ),
  scenario(
    'istio/route-changed-by-others',
    routedCanary([weight(20), pause()]),
    [
      update,
      on(
        pausedAt(1),
        patchOf(ROUTER_KINDS.virtualServices, 'app', {
          spec: {
            http: [
              {
                name: 'primary',
                route: [
                  { destination: { host: 'app-stable' }, weight: 30 },
                  { destination: { host: 'app-canary' }, weight: 70 },
                ],
              },
            ],
          },
        }),
      ),
      on(pausedAt(1), promote),
      ends(healthy(2)),
    ],
  ),
  scenario(
    'istio/service-changed-by-others',
    routedCanary([weight(20), pause()]),
    [
      update,
      on(
        pausedAt(1),
        patchOf(RESOURCES.services, 'app-canary', {
          spec: { selector: { app: 'other' } },
        }),
      ),
      ends(refused),
    ],
  ),
  scenario('istio/steps-changed-in-flight', routedCanary(STAIRS), [
    update,
    on(
      pausedAt(1),
      patchSpec({
        strategy: { canary: { steps: [weight(40), pause(), weight(80)] } },
      }),
    ),
    ...promoteAt(1),
    ends(healthy(2)),
  ]),
];
