import { type AnyObject, RESOURCES } from '@progressive-delivery/kube';
import { ends, on, promoteAt, scenario, update } from '../acts';
import {
  abort,
  clearPause,
  create,
  killController,
  patchSpec,
  pauseByHand,
  promote,
  promoteFull,
  remove,
  restart,
  resume,
  retry,
  scale,
  setImage,
  skipTo,
  startController,
} from '../actions';
import {
  BROKEN,
  IMAGE,
  LABELS,
  THIRD,
  canary,
  pause,
  podTemplate,
  routedCanary,
  service,
  slowPods,
  templates,
  webTemplate,
  weight,
} from '../builders';
import {
  aborted,
  degraded,
  healthy,
  newPods,
  observed,
  paused,
  pausedAt,
  rolloutIs,
  rested,
} from '../milestones';
import type { Scenario } from '../scenario';

const stairs = [weight(25), pause(), weight(50), pause()];

/** Whoever looks sees each of them missing, however quick the cluster is. */
const slow = { template: podTemplate(IMAGE, slowPods(2)) };

const restarted = rolloutIs(
  'restarted',
  ({ spec, status }) =>
    spec.restartAt !== undefined &&
    status.restartedAt === spec.restartAt &&
    status.phase === 'Healthy',
);

const budget = (maxUnavailable: number): AnyObject => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'app' },
  spec: { maxUnavailable, selector: { matchLabels: LABELS } },
});

/** Only from now on: how long a first version takes is chance. */
const hurry = patchSpec({ progressDeadlineSeconds: 4 });

const noPods = observed(
  'there are no pods',
  ({ objects }) => objects.list(RESOURCES.pods).length === 0,
);

const isGone = observed(
  'app is gone',
  ({ objects }) => !objects.get(RESOURCES.rollouts, 'app'),
);

/** What a person does with a rollout. */
export const OPERATIONS: Scenario[] = [
  scenario('operations/skip-a-step', canary(stairs), [
    update,
    on(pausedAt(1), skipTo(2)),
    ...promoteAt(3),
    ends(healthy(2)),
  ]),
  scenario('operations/skip-all-steps', canary(stairs), [
    update,
    on(pausedAt(1), skipTo(4)),
    ends(healthy(2)),
  ]),
  scenario('operations/promote-full', canary(stairs), [
    update,
    on(pausedAt(1), promoteFull),
    ends(healthy(2)),
  ]),
  scenario(
    'operations/promote-full-before-analysis',
    [
      webTemplate('check', 'errors', { count: 2 }),
      ...canary([weight(25), pause(), { analysis: templates('check') }]),
    ],
    [update, on(pausedAt(1), promoteFull), ends(healthy(2))],
    { metrics: { errors: -1 } },
  ),
  scenario('operations/promote-full-when-aborted', canary(stairs), [
    update,
    on(pausedAt(1), abort),
    on(rested(aborted), promoteFull),
    ends(healthy(2)),
  ]),
  scenario('operations/abort-by-counting-pods', canary(stairs), [
    update,
    ...promoteAt(1),
    on(pausedAt(3), abort),
    ends(aborted),
  ]),
  scenario('operations/abort-then-retry', canary(stairs), [
    update,
    on(pausedAt(1), abort),
    on(rested(aborted), retry),
    ...promoteAt(1, 3),
    ends(healthy(2)),
  ]),
  scenario('operations/abort-then-back', canary(stairs), [
    update,
    on(pausedAt(1), abort),
    on(rested(aborted), setImage(IMAGE)),
    ends(healthy(3)),
  ]),
  scenario('operations/abort-then-new-template', canary(stairs), [
    update,
    on(pausedAt(1), abort),
    on(rested(aborted), setImage(THIRD)),
    ...promoteAt(1, 3),
    ends(healthy(3)),
  ]),
  scenario('operations/pause-and-resume', canary([weight(25), pause('3s')]), [
    on(healthy(), pauseByHand, setImage(THIRD)),
    on(paused(), resume),
    ends(healthy(2)),
  ]),
  scenario('operations/pause-at-pause', canary(stairs), [
    update,
    on(pausedAt(1), pauseByHand),
    on(paused(), promote),
    ends(rested(paused())),
  ]),
  // The two writes of a promote, seen as one.
  scenario(
    'operations/pause-at-pause-unseen',
    canary(stairs),
    [
      update,
      on(pausedAt(1), pauseByHand),
      on(paused(), killController, clearPause, resume, startController),
      ends(pausedAt(3)),
    ],
    { ownController: true },
  ),
  scenario('operations/created-paused', canary(stairs, {}, { paused: true }), [
    on(paused(), resume),
    ends(healthy()),
  ]),
  scenario('operations/restart', canary(stairs, {}, slow), [
    on(healthy(), restart),
    ends(restarted),
  ]),
  scenario(
    'operations/restart-of-one',
    canary(stairs, {}, { replicas: 1, ...slow }),
    [on(healthy(), restart), ends(restarted)],
  ),
  scenario(
    'operations/restart-with-a-budget',
    [budget(1), ...canary(stairs, {}, slow)],
    [on(healthy(), restart), ends(restarted)],
  ),
  scenario('operations/restart-at-pause', canary(stairs, {}, slow), [
    update,
    on(pausedAt(1), restart),
    on(
      rolloutIs(
        'restarted at its pause',
        ({ spec, status }) =>
          spec.restartAt !== undefined && status.restartedAt === spec.restartAt,
      ),
      promote,
    ),
    ...promoteAt(3),
    ends(healthy(2)),
  ]),
  scenario(
    'operations/rollback-window',
    canary(
      stairs,
      {},
      {
        rollbackWindow: { revisions: 1 },
      },
    ),
    [
      update,
      on(pausedAt(1), promoteFull),
      on(healthy(2), setImage(IMAGE)),
      ends(healthy(3)),
    ],
  ),
  scenario(
    'operations/rollback-without-window',
    canary([weight(25), pause()]),
    [
      update,
      on(pausedAt(1), promoteFull),
      on(healthy(2), setImage(IMAGE)),
      ...promoteAt(1),
      ends(healthy(3)),
    ],
  ),
  scenario('operations/rollback-in-flight', canary(stairs), [
    update,
    on(pausedAt(1), setImage(IMAGE)),
    ends(healthy(3)),
  ]),
  scenario(
    'operations/revision-history',
    canary([], {}, { revisionHistoryLimit: 1 }),
    [
      update,
      on(healthy(2), setImage(THIRD)),
      on(healthy(3), setImage('demo/app:4')),
      ends(healthy(4)),
    ],
  ),
  ...[true, false].map(progressDeadlineAbort =>
    scenario(
      `operations/deadline-${progressDeadlineAbort ? 'that-aborts' : 'missed'}`,
      routedCanary([weight(50), pause()], {}, { progressDeadlineAbort }),
      [on(healthy(), hurry, setImage(BROKEN)), ends(degraded)],
      { quietSeconds: 5 },
    ),
  ),
  scenario('operations/deadline-missed-then-made', canary([]), [
    on(healthy(), hurry, setImage(BROKEN)),
    on(degraded, setImage(THIRD)),
    ends(healthy(3)),
  ]),
  scenario('operations/scale-at-pause', canary(stairs), [
    update,
    on(pausedAt(1), scale(8)),
    on(pausedAt(1), scale(2)),
    on(pausedAt(1), promoteFull),
    ends(healthy(2)),
  ]),
  scenario('operations/scale-to-zero-and-back', canary(stairs), [
    on(healthy(), scale(0)),
    on(noPods, scale(2)),
    ends(healthy()),
  ]),
  scenario('operations/scale-to-zero-when-routed', routedCanary(stairs), [
    update,
    on(pausedAt(1), scale(0)),
    on(noPods, promoteFull),
    ends(healthy(2)),
  ]),
  scenario('operations/deleted-in-flight', canary(stairs), [
    update,
    on(pausedAt(1), remove(RESOURCES.rollouts, 'app')),
    ends(isGone),
  ]),
  scenario(
    'operations/from-canary-to-blue-green',
    [service('app-active'), ...canary(stairs)],
    [
      on(
        healthy(),
        patchSpec({
          strategy: {
            canary: null,
            blueGreen: { activeService: 'app-active' },
          },
          template: podTemplate(THIRD),
        }),
      ),
      ends(healthy(2)),
    ],
  ),
  scenario(
    'operations/from-canary-to-blue-green-in-flight',
    [service('app-active'), ...canary(stairs)],
    [
      update,
      on(
        pausedAt(1),
        patchSpec({
          strategy: {
            canary: null,
            blueGreen: { activeService: 'app-active' },
          },
        }),
      ),
      ends(healthy(2)),
    ],
  ),
  scenario(
    'operations/adopts-a-replica-set',
    [],
    [
      on(
        observed('begun', () => true),
        create({
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          metadata: { name: 'orphan', labels: LABELS },
          spec: {
            replicas: 1,
            selector: { matchLabels: LABELS },
            template: podTemplate(THIRD),
          },
        }),
      ),
      on(
        observed(
          'the orphan has a pod',
          ({ objects }) => objects.list(RESOURCES.pods).length > 0,
        ),
        create(canary([])[0]!),
      ),
      ends(healthy()),
    ],
  ),
  scenario(
    'operations/pods-deleted-at-pause',
    // So slow that each is seen to be missing.
    canary(stairs, {}, { template: podTemplate(IMAGE, slowPods(3)) }),
    [
      update,
      on(pausedAt(1), {
        what: 'delete a pod of each version',
        take: async ({ client, namespace, objects }) => {
          const seen = new Set<string>();
          for (const { metadata } of objects.list(RESOURCES.pods)) {
            const hash = metadata.labels?.['rollouts-pod-template-hash'] ?? '';
            if (seen.has(hash)) continue;
            seen.add(hash);
            await client.delete(RESOURCES.pods, {
              namespace,
              name: metadata.name,
            });
          }
        },
      }),
      ends(rested(pausedAt(1), 5)),
      ...promoteAt(1, 3),
      ends(healthy(2)),
    ],
  ),
  scenario(
    'operations/first-version-broken',
    canary(
      stairs,
      {},
      {
        template: podTemplate(BROKEN),
      },
    ),
    [on(newPods(1, 4), setImage(THIRD)), ends(pausedAt(1))],
  ),
];
