import { abortAt, ends, on, promoteAt, scenario, update } from '../acts';
import { promote, setImage } from '../actions';
import { THIRD, pause, routedCanary, weight } from '../builders';
import { aborted, healthy, pausedAt, rested } from '../milestones';
import type { Scenario } from '../scenario';

/** The stable pods follow the traffic. */
export const STABLE_SCALE: Scenario[] = [
  scenario(
    'istio/dynamic-stable-scale',
    routedCanary([weight(25), pause(), weight(75), pause()], {
      dynamicStableScale: true,
      scaleDownDelaySeconds: undefined,
    }),
    [update, ...promoteAt(1, 3), ends(healthy(2))],
  ),
  scenario(
    'istio/dynamic-stable-scale-aborted',
    routedCanary([weight(75), pause()], {
      dynamicStableScale: true,
      scaleDownDelaySeconds: undefined,
    }),
    [update, ...abortAt(pausedAt(1))],
  ),
  scenario(
    'istio/dynamic-stable-scale-back',
    routedCanary([weight(100), pause(), weight(20), pause()], {
      dynamicStableScale: true,
      scaleDownDelaySeconds: undefined,
    }),
    [update, ...promoteAt(1, 3), ends(healthy(2))],
  ),
  scenario(
    'istio/dynamic-stable-scale-at-100',
    routedCanary([weight(100), pause()], {
      dynamicStableScale: true,
      scaleDownDelaySeconds: undefined,
    }),
    [update, ...promoteAt(1), ends(healthy(2))],
  ),
  scenario(
    'istio/dynamic-stable-scale-and-minimum',
    routedCanary(
      [{ setCanaryScale: { replicas: 1 } }, pause(), weight(40), pause()],
      {
        dynamicStableScale: true,
        scaleDownDelaySeconds: undefined,
        minPodsPerReplicaSet: 3,
      },
    ),
    [update, ...promoteAt(1, 3), ends(healthy(2))],
  ),
  scenario(
    'istio/dynamic-stable-scale-and-minimum-aborted',
    routedCanary([weight(25), pause()], {
      dynamicStableScale: true,
      scaleDownDelaySeconds: undefined,
      minPodsPerReplicaSet: 2,
    }),
    [update, ...abortAt(pausedAt(1)), ends(rested(aborted, 6))],
  ),
  scenario(
    'istio/dynamic-stable-scale-superseded',
    routedCanary(
      [weight(25), pause()],
      {
        dynamicStableScale: true,
        scaleDownDelaySeconds: undefined,
        // So that stable may take all users without the pods that it gave away.
        maxUnavailable: 1,
      },
      // So that the newer canary does not take its users at once.
      { minReadySeconds: 2 },
    ),
    [
      update,
      on(pausedAt(1), setImage(THIRD)),
      on(pausedAt(1, 3), promote),
      ends(healthy(3)),
    ],
  ),
  ...(['replicas', 'weight'] as const).map(by =>
    scenario(
      `istio/dynamic-stable-scale-and-canary-${by}`,
      routedCanary(
        [
          weight(60),
          { setCanaryScale: { [by]: by === 'weight' ? 40 : 3 } },
          pause(),
        ],
        { dynamicStableScale: true, scaleDownDelaySeconds: undefined },
      ),
      [update, ...promoteAt(2), ends(healthy(2))],
    ),
  ),
];
