import { canary } from '../__testUtils__/rollouts';
import { fleetWait } from './fleetWait';

const pausedFor = (reason: string, change = {}) =>
  canary({
    status: {
      pauseConditions: [{ reason, startTime: '2026-11-01T10:00:00Z' }],
    },
    ...change,
  });

describe('whom a rollout waits for', () => {
  it.each([
    ['a pause without an end', pausedFor('CanaryPauseStep'), 'promotion'],
    [
      'a pause with one',
      canary({
        status: {
          currentStepIndex: 3,
          pauseConditions: [{ reason: 'CanaryPauseStep', startTime: '' }],
        },
      }),
      undefined,
    ],
    [
      'an inconclusive analysis',
      pausedFor('InconclusiveAnalysisRun'),
      'promotion',
    ],
    [
      'a blue-green promotion by hand',
      pausedFor('BlueGreenPause', {
        spec: { strategy: { blueGreen: { activeService: 'a' } } },
      }),
      'promotion',
    ],
    [
      'a blue-green promotion by time',
      pausedFor('BlueGreenPause', {
        spec: {
          strategy: {
            blueGreen: { activeService: 'a', autoPromotionSeconds: 30 },
          },
        },
      }),
      undefined,
    ],
    [
      'a blue-green promotion by hand whose time counts for nothing',
      pausedFor('BlueGreenPause', {
        spec: {
          strategy: {
            blueGreen: {
              activeService: 'a',
              autoPromotionEnabled: false,
              autoPromotionSeconds: 30,
            },
          },
        },
      }),
      'promotion',
    ],
    [
      'an inconclusive analysis during a pause with an end',
      canary({
        status: {
          currentStepIndex: 3,
          pauseConditions: ['CanaryPauseStep', 'InconclusiveAnalysisRun'].map(
            reason => ({ reason, startTime: '2026-11-01T10:00:00Z' }),
          ),
        },
      }),
      'promotion',
    ],
    ['one paused by a person', canary({ spec: { paused: true } }), 'resume'],
    [
      'one that was aborted while paused',
      canary({ status: { abort: true } }),
      undefined,
    ],
    [
      'one that goes on by itself',
      canary({ status: { pauseConditions: [] } }),
      undefined,
    ],
  ])('%s', (_, rollout, expected) => {
    expect(fleetWait(rollout)).toBe(expected);
  });
});
