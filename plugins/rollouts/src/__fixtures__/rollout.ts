import { rolloutsMessages } from '../translation/messages';
import {
  ROLLOUT_ACTIONS,
  type AccessView,
  type ActionView,
  type PodView,
  type RevisionView,
  type RolloutAction,
  type RolloutDetail,
  type StepView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** `seconds` before (or, negative, after) `now`, RFC 3339. */
export function ago(now: number, seconds: number): string {
  return new Date(now - seconds * 1000).toISOString();
}

/** Everything is allowed. */
export const ownersAccess: AccessView = Object.fromEntries(
  ROLLOUT_ACTIONS.map(action => [action, { allowed: true }]),
) as AccessView;

/** May look, may not act. */
export const readersAccess: AccessView = Object.fromEntries(
  ROLLOUT_ACTIONS.map(action => [
    action,
    { allowed: false, reason: 'colors-owners may do this; ask them.' },
  ]),
) as AccessView;

/** All actions: those given as they are given, the others not applicable. */
export function actions(
  applicable: Partial<Record<RolloutAction, Partial<ActionView>>>,
): ActionView[] {
  return ROLLOUT_ACTIONS.map(action => ({
    action,
    label: rolloutsMessages.actions.name[action],
    applicable: applicable[action] !== undefined,
    reason:
      applicable[action] === undefined
        ? 'Nothing is being released now.'
        : undefined,
    destructive: action === 'abort',
    consequences: [],
    ...applicable[action],
  }));
}

export function stepState(index: number, current: number): StepView['state'] {
  if (index === current) {
    return 'current';
  }
  return index < current ? 'done' : 'next';
}

/** The steps of the demo: 20 by hand, then 40, 60, 80 with ten seconds between. */
export function demoSteps(
  now: number,
  current: number,
  change: Partial<Record<number, Partial<StepView>>> = {},
): StepView[] {
  return [20, 40, 60, 80]
    .flatMap(
      (
        weight,
        i,
      ): Pick<
        StepView,
        'kind' | 'label' | 'weight' | 'explanation' | 'pause'
      >[] => [
        {
          kind: 'setWeight',
          label: `${weight} %`,
          weight,
          explanation: `Routes ${weight} % of the requests to the canary and runs ${weight / 20} of 5 pods for it.`,
        },
        i === 0
          ? {
              kind: 'pause',
              label: 'pause until promoted',
              explanation: 'Waits for someone to promote.',
              pause: {},
            }
          : {
              kind: 'pause',
              label: 'pause 10 s',
              explanation: 'Waits 10 s, then moves on by itself.',
              pause: { durationSeconds: 10 },
            },
      ],
    )
    .map((step, index) => ({
      ...step,
      index,
      state: stepState(index, current),
      ...(index < current
        ? {
            startedAt: ago(now, 150 - index * 16),
            finishedAt: ago(now, 150 - index * 16 - 11),
          }
        : {}),
      ...change[index],
    }));
}

/** Pods of a ReplicaSet, all ready unless `change` says otherwise. */
export function pods(
  now: number,
  replicaSet: string,
  count: number,
  change: Partial<PodView> = {},
): PodView[] {
  const suffixes = ['2zkqp', '7mxbd', 'f4lrw', 'hc9ns', 'x8vtj'];
  return suffixes.slice(0, count).map(suffix => ({
    name: `${replicaSet}-${suffix}`,
    ready: true,
    status: 'Running',
    restarts: 0,
    createdAt: ago(now, 128),
    ...change,
  }));
}

export function revision(
  now: number,
  change: Partial<RevisionView> & Pick<RevisionView, 'revision' | 'role'>,
  image: string,
  count: number,
  podChange: Partial<PodView> = {},
): RevisionView {
  const podHash = ['6c9d4b7f58', '7d5c8f9b64', '5f6b7c8d99', '84f5d7c6bb'][
    change.revision % 4
  ]!;
  const replicaSet = `colors-${podHash}`;
  const list = pods(now, replicaSet, count, podChange);
  const ready = list.filter(pod => pod.ready).length;
  return {
    podHash,
    replicaSet,
    images: [{ container: 'colors', image }],
    replicas: { desired: count, ready, available: ready },
    createdAt: ago(now, change.role === 'canary' ? 128 : 86_400 * 3),
    pods: list,
    analysisRuns: [],
    ...change,
  };
}

const BLUE = 'demo/colors:blue';
const GREEN = 'demo/colors:green';

/** `colors` at rest on blue; everything else is a change to it. */
export function colors(
  now: number,
  change: Partial<RolloutDetail> = {},
): RolloutDetail {
  return {
    ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
    uid: '0b6f4c1e-8d0c-4a35-9f5e-6a4f2d0f7b11',
    entityRefs: ['component:default/colors'],
    strategy: 'canary',
    router: 'Istio',
    phase: 'Healthy',
    message: '',
    sentence: 'All requests go to blue; 5 of 5 pods are ready.',
    aborted: false,
    images: [{ container: 'colors', stable: BLUE, current: BLUE }],
    revision: 1,
    stableRevision: 1,
    step: { index: 8, count: 8 },
    // A finished rollout's weight stays where its last step put it.
    weights: { desired: 100, actual: 100, max: 100, routed: true },
    pods: {
      desired: 5,
      stable: { desired: 5, ready: 5, available: 5 },
      canary: { desired: 0, ready: 0, available: 0 },
    },
    startedAt: ago(now, 86_400 * 3),
    controller: 'embedded',
    generation: 1,
    version: '1',
    podHash: '7d5c8f9b64',
    paused: false,
    steps: demoSteps(now, 8),
    routes: [],
    metrics: [],
    analysisRuns: [],
    revisions: [revision(now, { revision: 1, role: 'stable' }, BLUE, 5)],
    timeline: [
      {
        id: 'e1',
        at: ago(now, 86_400 * 3),
        source: 'event',
        severity: 'info',
        title: 'RolloutCompleted',
        text: 'Rollout completed update to revision 1 (7d5c8f9b64): initial deploy',
        by: 'rollouts-controller',
      },
    ],
    actions: actions({
      restart: { consequences: ['Replaces the pods one after another.'] },
      'set-image': {
        consequences: [
          'Starts a canary: routes 20 % to the new image, then waits for someone to promote.',
        ],
      },
      pause: { consequences: ['Nothing moves until someone resumes.'] },
    }),
    problems: [],
    ...change,
  };
}

/** `colors` with green as canary, in progress. */
export function colorsGreen(
  now: number,
  change: Partial<RolloutDetail> = {},
): RolloutDetail {
  return colors(now, {
    images: [{ container: 'colors', stable: BLUE, current: GREEN }],
    revision: 2,
    generation: 2,
    version: '2',
    podHash: '5f6b7c8d99',
    startedAt: ago(now, 128),
    pods: {
      desired: 5,
      stable: { desired: 5, ready: 5, available: 5 },
      canary: { desired: 1, ready: 1, available: 1 },
    },
    weights: { desired: 20, actual: 20, max: 100, routed: true },
    revisions: [
      revision(
        now,
        { revision: 2, role: 'canary', analysisRuns: ['colors-5f6b7c8d99-2'] },
        GREEN,
        1,
      ),
      revision(now, { revision: 1, role: 'stable' }, BLUE, 5),
    ],
    ...change,
  });
}
