import { RESOURCES } from '@progressive-delivery/kube';
import { ends, on, promoteAt, scenario, update } from '../acts';
import { abort, promoteFull, setImage } from '../actions';
import {
  BROKEN,
  IMAGE,
  THIRD,
  canary,
  pause,
  podTemplate,
  routedCanary,
  slowPods,
  weight,
} from '../builders';
import {
  aborted,
  atOnce,
  healthy,
  newPods,
  pausedAt,
  rolloutIs,
} from '../milestones';
import type { Action, Scenario } from '../scenario';

const stairs = [weight(50), pause()];
const crashing = { container: { command: ['false'] } };

/** Whoever looks sees that they are missing, however quick the cluster is. */
const slow = { template: podTemplate(IMAGE, slowPods(2)) };

/** The pods of the first version fail from now on: their gate is closed. */
const gated = (more: object = {}) => ({
  template: podTemplate(IMAGE, { readinessGates: [{ conditionType: 'open' }] }),
  ...more,
});
const weighs = (share: number) =>
  rolloutIs(
    `sending ${share} % to the canary`,
    ({ status }) => status.canary?.weights?.canary.weight === share,
  );
const setGate = (status: 'True' | 'False', count = 100): Action => ({
  what: `${status === 'True' ? 'open' : 'close'} the gate of pods of the first version`,
  take: async ({ client, namespace, objects }) => {
    const pods = objects
      .list(RESOURCES.pods)
      .filter(({ spec }) => spec.containers[0].image === IMAGE);
    for (const { metadata } of pods.slice(0, count)) {
      await client.patch(
        RESOURCES.pods,
        { namespace, name: metadata.name },
        { status: { conditions: [{ type: 'open', status }] } },
        { type: 'strategic', subresource: 'status' },
      );
    }
  },
});
const opened = on(newPods(1, 4), setGate('True'));
const withoutGates = {
  template: podTemplate(THIRD, { readinessGates: null }),
};

/** Pods that do not come up, or go down, in each role. */
export const FAILURES: Scenario[] = [
  scenario('failures/canary-cannot-be-pulled', canary(stairs), [
    on(healthy(), setImage(BROKEN)),
    ends(newPods(2, 2)),
  ]),
  scenario('failures/canary-crashes', canary(stairs), [
    on(healthy(), {
      what: 'update to a version that crashes',
      take: async ({ client, namespace }) => {
        await client.patch(
          RESOURCES.rollouts,
          { namespace, name: 'app' },
          { spec: { template: podTemplate(THIRD, crashing) } },
          { type: 'merge' },
        );
      },
    }),
    ends(newPods(2, 2)),
  ]),
  scenario('failures/routed-canary-cannot-be-pulled', routedCanary(stairs), [
    on(healthy(), setImage(BROKEN)),
    ends(newPods(2, 2)),
  ]),
  scenario('failures/routed-canary-aborted', routedCanary(stairs), [
    on(healthy(), setImage(BROKEN)),
    on(newPods(2, 2), abort),
    ends(aborted),
  ]),
  scenario('failures/canary-then-mended', canary(stairs), [
    on(healthy(), setImage(BROKEN)),
    on(newPods(2, 2), setImage(THIRD)),
    ...promoteAt(1),
    ends(healthy(3)),
  ]),
  scenario('failures/canary-then-back', canary(stairs), [
    on(healthy(), setImage(BROKEN)),
    on(newPods(2, 2), setImage(IMAGE)),
    ends(healthy(3)),
  ]),
  scenario('failures/routed-canary-then-mended', routedCanary(stairs), [
    on(healthy(), setImage(BROKEN)),
    on(newPods(2, 2), setImage(THIRD)),
    ...promoteAt(1),
    ends(healthy(3)),
  ]),
  scenario('failures/rolling-update-cannot-be-pulled', canary([]), [
    on(healthy(), setImage(BROKEN)),
    ends(newPods(2, 1)),
  ]),
  scenario('failures/rolling-update-then-back', canary([]), [
    on(healthy(), setImage(BROKEN)),
    on(newPods(2, 1), setImage(IMAGE)),
    ends(healthy(3)),
  ]),
  scenario('failures/broken-promoted-in-full', routedCanary(stairs), [
    on(healthy(), setImage(BROKEN)),
    on(newPods(2, 2), promoteFull),
    ends(newPods(2, 4)),
  ]),
  scenario('failures/stable-pod-at-pause', canary(stairs, {}, gated()), [
    opened,
    on(healthy(), {
      what: 'update',
      take: async ({ client, namespace }) => {
        await client.patch(
          RESOURCES.rollouts,
          { namespace, name: 'app' },
          { spec: withoutGates },
          { type: 'merge' },
        );
      },
    }),
    on(pausedAt(1), setGate('False', 1)),
    on(
      rolloutIs('paused or not', () => true),
      setGate('True'),
    ),
    ...promoteAt(1),
    ends(healthy(2)),
  ]),
  scenario('failures/stable-pods-at-abort', routedCanary(stairs, {}, gated()), [
    opened,
    on(healthy(), {
      what: 'update',
      take: async ({ client, namespace }) => {
        await client.patch(
          RESOURCES.rollouts,
          { namespace, name: 'app' },
          { spec: withoutGates },
          { type: 'merge' },
        );
      },
    }),
    on(pausedAt(1), setGate('False', 1), abort),
    on(
      rolloutIs('aborted', ({ status }) => status.abort === true),
      setGate('True'),
    ),
    ends(aborted),
  ]),
  scenario(
    'failures/stable-degraded-while-healthy',
    canary(stairs, {}, gated()),
    [
      opened,
      on(healthy(), setGate('False', 2)),
      on(
        rolloutIs('not healthy', ({ status }) => status.phase !== 'Healthy'),
        setGate('True'),
      ),
      ends(healthy()),
    ],
  ),
  scenario(
    'failures/canary-pod-lost-at-pause',
    routedCanary(stairs, {}, slow),
    [
      update,
      on(pausedAt(1), {
        what: 'delete the pods of the new version',
        take: async ({ client, namespace, objects }) => {
          const pods = objects
            .list(RESOURCES.pods)
            .filter(({ spec }) => spec.containers[0].image !== IMAGE);
          for (const { metadata } of pods) {
            await client.delete(RESOURCES.pods, {
              namespace,
              name: metadata.name,
            });
          }
        },
      }),
      ends(atOnce(weighs(0))),
      ends(weighs(50)),
      ...promoteAt(1),
      ends(healthy(2)),
    ],
  ),
];
