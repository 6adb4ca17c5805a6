import type {
  KubeEvent,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { attemptOf } from './attempt';
import { stepReached as reachedIn } from './stepReached';

const stepReached = (rollout: Rollout, events: KubeEvent[]) =>
  reachedIn(attemptOf(rollout, [], events));

const aborted = (abortedAt?: string): Rollout => ({
  metadata: { name: 'colors' },
  spec: {},
  status: { abort: true, abortedAt },
});

const event = (time: string, reason: string, message = ''): KubeEvent => ({
  metadata: { name: `${reason}-${time}` },
  reason,
  message,
  lastTimestamp: `2026-01-01T${time}Z`,
});
const completed = (time: string, step: number) =>
  event(
    time,
    'RolloutStepCompleted',
    `Rollout step ${step}/8 completed (pause)`,
  );

describe('stepReached', () => {
  const at = '2026-01-01T10:05:00Z';

  it('is the step after the last one completed', () => {
    const events = [
      event('10:00:00', 'RolloutNotCompleted'),
      completed('10:00:10', 1),
      completed('10:01:00', 2),
      event('10:05:01', 'RolloutAborted'),
    ];
    expect(stepReached(aborted(at), events)).toBe(2);
  });

  it('is the first step when none was completed', () => {
    expect(
      stepReached(aborted(at), [event('10:00:00', 'RolloutNotCompleted')]),
    ).toBe(0);
  });

  it('does not count the steps of an attempt before', () => {
    const events = [
      completed('09:59:00', 6),
      event('10:00:00', 'RolloutAborted'),
      completed('10:01:00', 1),
    ];
    expect(stepReached(aborted(at), events)).toBe(1);
  });

  it('does not count what happened after the abort', () => {
    const events = [
      event('10:00:00', 'RolloutUpdated'),
      completed('10:01:00', 1),
      completed('10:09:00', 5),
    ];
    expect(stepReached(aborted(at), events)).toBe(1);
  });

  it('is not known when no Event tells', () => {
    expect(stepReached(aborted(at), [])).toBeUndefined();
    expect(
      stepReached(aborted(undefined), [completed('10:00:00', 3)]),
    ).toBeUndefined();
  });
});
