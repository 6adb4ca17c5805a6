import type { RolloutDetail } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { successRate } from './metrics';
import {
  actions,
  ago,
  colorsGreen,
  demoSteps,
  revision,
  stepState,
} from './rollout';
import { ABORT, IN_PROGRESS, PROMOTE_TO_40 } from './stateActions';

export const demoTimeline = (
  now: number,
  image = 'demo/colors:green',
): RolloutDetail['timeline'] => [
  {
    id: 't3',
    at: ago(now, 120),
    source: 'event',
    severity: 'info',
    title: 'RolloutPaused',
    text: 'Rollout is paused (CanaryPauseStep)',
    by: 'rollouts-controller',
  },
  {
    id: 't2',
    at: ago(now, 124),
    source: 'event',
    severity: 'info',
    title: 'RolloutStepCompleted',
    text: 'Rollout step 1/8 completed (setWeight: 20)',
    by: 'rollouts-controller',
  },
  {
    id: 't1',
    at: ago(now, 129),
    source: 'action',
    severity: 'info',
    title: 'set-image',
    text: `Set the image of colors to ${image}`,
    by: 'user:default/olivia',
  },
];

export function paused(now: number): RolloutDetail {
  const metric = successRate(now, [0.991, 1, 0.984, 0.997, 0.998]);
  return colorsGreen(now, {
    phase: 'Paused',
    message: 'CanaryPauseStep',
    sentence: '20 % of requests go to green. Waiting for someone to promote.',
    next: 'Next is 40 %.',
    step: { index: 1, count: 8 },
    steps: demoSteps(now, 1, { 1: { pause: { startedAt: ago(now, 120) } } }),
    metrics: [metric],
    analysisRuns: [
      {
        name: 'colors-5f6b7c8d99-2',
        uid: 'run-2',
        kind: 'background',
        revision: 2,
        phase: 'Running',
        startedAt: ago(now, 26),
        metrics: [metric],
      },
    ],
    timeline: demoTimeline(now),
    actions: actions({ ...IN_PROGRESS, promote: PROMOTE_TO_40, abort: ABORT }),
  });
}

export function timedPause(now: number): RolloutDetail {
  return {
    ...paused(now),
    phase: 'Progressing',
    sentence: '40 % of requests go to green. Waiting 10 s.',
    next: 'Next is 60 %.',
    weights: { desired: 40, actual: 40, max: 100, routed: true },
    pods: {
      desired: 5,
      stable: { desired: 5, ready: 5, available: 5 },
      canary: { desired: 2, ready: 2, available: 2 },
    },
    step: { index: 3, count: 8 },
    steps: demoSteps(now, 3, {
      3: {
        pause: {
          durationSeconds: 10,
          startedAt: ago(now, 2),
          endsAt: ago(now, -8),
        },
      },
    }),
    routes: [
      { kind: 'header', label: 'x-debug: true → canary' },
      { kind: 'mirror', label: '10 % mirrored' },
    ],
    revisions: [
      revision(now, { revision: 2, role: 'canary' }, 'demo/colors:green', 2),
      revision(now, { revision: 1, role: 'stable' }, 'demo/colors:blue', 5),
    ],
    actions: actions({
      ...IN_PROGRESS,
      promote: { ...PROMOTE_TO_40, label: 'Promote to 60 %' },
      abort: ABORT,
    }),
  };
}

export function manySteps(now: number): RolloutDetail {
  const count = 24;
  return {
    ...paused(now),
    step: { index: 11, count },
    steps: Array.from({ length: count }, (_, index) => {
      const pausing = index % 2 === 1;
      const weight = Math.round(((index + 2) / (count + 1)) * 100);
      return {
        index,
        kind: pausing ? ('pause' as const) : ('setWeight' as const),
        label: pausing ? 'pause until promoted' : `${weight} %`,
        weight: pausing ? undefined : weight,
        explanation: pausing
          ? 'Waits for someone to promote.'
          : `Routes ${weight} % of the requests to the canary.`,
        state: stepState(index, 11),
      };
    }),
  };
}

export function stale(now: number): RolloutDetail {
  return {
    ...paused(now),
    stale: {
      since: ago(now, 40),
      reason: 'the connection was refused',
    },
  };
}
