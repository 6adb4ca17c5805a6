import type {
  KubeEvent,
  ReplicaSet,
  RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import { stepViews } from './stepViews';

const event = (time: string, reason: string, message = ''): KubeEvent => ({
  metadata: { name: `${reason}-${time}` },
  reason,
  message,
  lastTimestamp: `2026-11-01T${time}Z`,
});
const begins = (time: string) => event(time, 'RolloutNotCompleted');
const completed = (time: string, step: number) =>
  event(time, 'RolloutStepCompleted', `Rollout step ${step}/4 completed (x)`);

function replicaSet(createdAt: string, annotations = {}): ReplicaSet {
  return {
    metadata: {
      name: 'colors-green',
      labels: { 'rollouts-pod-template-hash': 'green' },
      creationTimestamp: `2026-11-01T${createdAt}Z`,
      annotations,
    },
    spec: { selector: {}, template: { spec: { containers: [] } } },
  };
}

/** "from–to" of each step that has a time, without the day. */
function times(
  events: KubeEvent[],
  status: RolloutStatus = {},
  replicaSets: ReplicaSet[] = [],
) {
  const at = (time: string | undefined) => time?.slice(11, 19) ?? '?';
  return stepViews({
    rollout: canary({ status }),
    replicaSets,
    analysisRuns: [],
    events,
  }).map(
    ({ state, startedAt, finishedAt }) =>
      `${state} ${at(startedAt)}–${at(finishedAt)}`,
  );
}

describe('the times of steps', () => {
  it('come from the Events of this attempt', () => {
    const before = [begins('08:00:00'), completed('08:05:00', 3)];
    const events = [
      ...before,
      begins('09:00:00'),
      completed('09:00:10', 1),
      completed('09:30:00', 2),
    ];
    expect(times(events, { currentStepIndex: 2 })).toEqual([
      'done 09:00:00–09:00:10',
      'done 09:00:10–09:30:00',
      'current 09:30:00–?',
      'next ?–?',
    ]);
  });

  it('are left out where no Event is left', () => {
    expect(times([], { currentStepIndex: 2 })).toEqual([
      'done ?–?',
      'done ?–?',
      'current ?–?',
      'next ?–?',
    ]);
  });

  it('come from the status for the pause that goes on', () => {
    expect(times([])[1]).toBe('current 10:00:00–?');
  });

  it('end with the abort for the step that was stopped', () => {
    const events = [begins('09:00:00'), completed('09:00:10', 1)];
    const status = {
      abort: true,
      abortedAt: '2026-11-01T09:01:00Z',
      currentStepIndex: 0,
    };
    expect(times(events, status).slice(0, 3)).toEqual([
      'done 09:00:00–09:00:10',
      'failed 09:00:10–09:01:00',
      'skipped ?–?',
    ]);
  });

  it('do not begin with the revision after a retry', () => {
    const events = [
      begins('09:00:00'),
      event('09:01:00', 'RolloutAborted'),
      completed('09:05:00', 1),
    ];
    expect(times(events)[0]).toBe('done ?–09:05:00');
  });

  it.each([
    ['its ReplicaSet was made for it', '09:00:00', {}, '09:00:00'],
    [
      'not of a revision before',
      '09:00:00',
      { 'rollout.argoproj.io/revision-history': '1' },
      '?',
    ],
    ['not where Events may be missing', '08:00:00', {}, '?'],
  ])('begin when %s', (_, created, annotations, expected) => {
    const events = [
      event('08:30:00', 'RolloutCompleted'),
      completed('09:00:10', 1),
    ];
    expect(times(events, {}, [replicaSet(created, annotations)])[0]).toBe(
      `done ${expected}–09:00:10`,
    );
  });
});

it.each([
  ['1', 'skipped'],
  ['2', 'done'],
])('of what is everywhere at revision %s are %s', (revision, state) => {
  const rollout = canary({
    metadata: {
      name: 'colors',
      namespace: 'demo',
      annotations: { 'rollout.argoproj.io/revision': revision },
    },
    status: {
      currentPodHash: 'blue',
      stableRS: 'blue',
      currentStepIndex: 4,
      pauseConditions: undefined,
    },
  });
  const states = stepViews({
    rollout,
    replicaSets: [],
    analysisRuns: [],
    events: [],
  }).map(step => step.state);
  expect(new Set(states)).toEqual(new Set([state]));
});
