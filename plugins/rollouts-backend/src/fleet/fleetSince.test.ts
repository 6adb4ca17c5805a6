import type { RolloutStatus } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../__testUtils__/rollouts';
import { fleetSince } from './fleetSince';

const STARTED = '2026-11-01T09:00:00Z';
const THEN = '2026-11-01T11:00:00Z';

const condition = (
  type: string,
  status: 'True' | 'False',
): Partial<RolloutStatus> => ({
  conditions: [{ type, status, lastTransitionTime: THEN }],
});

describe('since when a rollout is in its state', () => {
  it.each<[string, Parameters<typeof fleetSince>[1], Partial<RolloutStatus>]>([
    ['it was aborted', 'Aborted', { abortedAt: THEN }],
    ['its spec is invalid', 'Degraded', condition('InvalidSpec', 'True')],
    ['it makes no progress', 'Degraded', condition('Progressing', 'False')],
    ['it is healthy', 'Healthy', condition('Healthy', 'True')],
    [
      'a step paused it',
      'Paused',
      { pauseConditions: [{ reason: 'CanaryPauseStep', startTime: THEN }] },
    ],
    [
      'a person paused it',
      'Paused',
      { pauseConditions: undefined, ...condition('Paused', 'True') },
    ],
  ])('is since %s', (_, state, status) => {
    expect(fleetSince(canary({ status }), state, STARTED)).toBe(THEN);
  });

  it.each<[string, Parameters<typeof fleetSince>[1], Partial<RolloutStatus>]>([
    ['it is under way', 'Progressing', condition('Progressing', 'True')],
    [
      'a condition is of another state',
      'Healthy',
      condition('Healthy', 'False'),
    ],
    ['nobody wrote when it was aborted', 'Aborted', {}],
  ])('is since it began when %s', (_, state, status) => {
    expect(fleetSince(canary({ status }), state, STARTED)).toBe(STARTED);
  });
});
