import { ends, on, promoteAt, scenario, update } from '../acts';
import { patchSpec, promote, setImage } from '../actions';
import {
  NEXT,
  THIRD,
  canary,
  pause,
  podTemplate,
  service,
  slowPods,
  weight,
} from '../builders';
import { healthy, pausedAt } from '../milestones';
import type { Scenario } from '../scenario';

const surges = (
  maxSurge: number | string,
  maxUnavailable: number | string,
) => ({
  maxSurge,
  maxUnavailable,
});

/** The whole of an update with one pause at each weight. */
const stairs = (...weights: number[]) =>
  weights.flatMap(percent => [weight(percent), pause()]);
const climbed = (...weights: number[]) => [
  update,
  ...promoteAt(...weights.map((_, index) => 2 * index + 1)),
  ends(healthy(2)),
];

/** Canaries by counting pods, as they are meant to go. */
export const CANARY: Scenario[] = [
  scenario('canary/first-deployment', canary([weight(20), pause()]), [
    ends(healthy()),
  ]),
  scenario('canary/rolling-update', canary([]), [update, ends(healthy(2))]),
  scenario('canary/rolling-update-without-surge', canary([], surges(0, 1)), [
    update,
    ends(healthy(2)),
  ]),
  scenario('canary/rolling-update-by-surge', canary([], surges('50%', 0)), [
    update,
    ends(healthy(2)),
  ]),
  scenario(
    'canary/rolling-update-of-six',
    canary([], surges(2, 1), { replicas: 6 }),
    [update, ends(healthy(2))],
  ),
  scenario('canary/rolling-update-twice', canary([]), [
    update,
    on(healthy(2), setImage(THIRD)),
    ends(healthy(3)),
  ]),
  scenario('canary/rolling-update-of-one', canary([], {}, { replicas: 1 }), [
    update,
    ends(healthy(2)),
  ]),
  scenario('canary/two-pauses', canary(stairs(25, 50)), climbed(25, 50)),
  scenario(
    'canary/timed-pauses',
    canary([weight(25), pause('2s'), weight(50), pause(1)]),
    [update, ends(healthy(2))],
  ),
  scenario(
    'canary/rounding',
    canary(stairs(5, 33, 50, 66, 95), {}, { replicas: 7 }),
    climbed(5, 33, 50, 66, 95),
  ),
  scenario(
    'canary/rounding-without-surge',
    canary(stairs(10, 40, 90), surges(0, 2), { replicas: 5 }),
    climbed(10, 40, 90),
  ),
  scenario(
    'canary/weight-falls',
    canary(stairs(80, 9), surges('100%', 0), { replicas: 2 }),
    climbed(80, 9),
  ),
  scenario(
    'canary/rounding-by-surge',
    canary(stairs(10, 40, 90), surges(1, 0), { replicas: 5 }),
    climbed(10, 40, 90),
  ),
  scenario(
    'canary/surge-in-percent',
    canary(stairs(30, 60), surges('40%', '20%'), { replicas: 5 }),
    climbed(30, 60),
  ),
  scenario(
    'canary/one-replica',
    canary(stairs(50), {}, { replicas: 1 }),
    climbed(50),
  ),
  scenario(
    'canary/two-replicas',
    canary(stairs(10, 50), {}, { replicas: 2 }),
    climbed(10, 50),
  ),
  scenario('canary/no-replicas', canary(stairs(50), {}, { replicas: 0 }), [
    update,
    on(pausedAt(1), promote),
    ends(healthy(2)),
  ]),
  scenario('canary/weight-0-and-100', canary(stairs(0, 100)), climbed(0, 100)),
  scenario('canary/weight-down-again', canary(stairs(75, 25)), climbed(75, 25)),
  scenario('canary/pause-first', canary([pause(), weight(50), pause()]), [
    update,
    ...promoteAt(0, 2),
    ends(healthy(2)),
  ]),
  scenario(
    'canary/min-ready-seconds',
    canary(stairs(50), {}, { minReadySeconds: 2 }),
    climbed(50),
  ),
  scenario(
    'canary/with-services',
    [
      service('app-stable'),
      service('app-canary'),
      ...canary(stairs(25), {
        stableService: 'app-stable',
        canaryService: 'app-canary',
      }),
    ],
    climbed(25),
  ),
  scenario(
    'canary/progress-threshold-in-percent',
    canary([weight(50), pause()], {
      replicaProgressThreshold: { type: 'Percent', value: 50 },
    }),
    [
      on(healthy(), patchSpec({ template: podTemplate(NEXT, slowPods(3)) })),
      on(pausedAt(1), promote),
      ends(healthy(2)),
    ],
  ),
  scenario(
    'canary/progress-threshold-in-pods',
    canary([weight(50), pause()], {
      replicaProgressThreshold: { type: 'Pods', value: 1 },
    }),
    climbed(50),
  ),
  scenario('canary/step-less-change-of-replicas', canary([]), [
    on(healthy(), patchSpec({ replicas: 6 })),
    on(healthy(), patchSpec({ replicas: 3 })),
  ]),
];
