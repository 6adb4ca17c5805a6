import type { RolloutDetail } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { successRate } from './metrics';
import { actions, ago, demoSteps } from './rollout';
import { timedPause } from './progressStates';
import { ABORT, IN_PROGRESS, PROMOTE_TO_40 } from './stateActions';

export function analysing(now: number): RolloutDetail {
  const metric = successRate(now, [0.991, 1, 'NaN', 0.984, 0.97, 0.998], {
    counts: {
      planned: 10,
      measured: 6,
      successful: 5,
      failed: 0,
      inconclusive: 1,
      error: 0,
      failureLimit: 1,
      inconclusiveLimit: 2,
      consecutiveErrorLimit: 4,
    },
  });
  const latency = successRate(now, [0.212, 0.231, 0.244, 0.198, 0.312, 0.22], {
    name: 'latency p95',
    unit: 'seconds',
    dryRun: true,
    threshold: { label: '< 500 ms', operator: '<', value: 0.5 },
    successCondition: 'result[0] < 0.5',
    warnings: ['Passes on NaN: it only has a failureCondition.'],
  });
  const asSuccess = {
    ...latency,
    last: latency.last && { ...latency.last, phase: 'Successful' as const },
    measurements: latency.measurements.map(m => ({
      ...m,
      phase: 'Successful' as const,
    })),
    counts: { ...latency.counts, successful: 6, failed: 0 },
  };
  return {
    ...timedPause(now),
    sentence:
      '60 % of requests go to green. Analysis decides: 6 of 10 measurements taken, none failed.',
    next: 'Next is 80 %.',
    weights: { desired: 60, actual: 60, max: 100, routed: true },
    routes: [],
    step: { index: 5, count: 8 },
    steps: demoSteps(now, 5, {
      5: {
        kind: 'analysis',
        label: 'analysis success-rate',
        explanation:
          'Measures the success rate ten times, five seconds apart, and goes on when it passes.',
        analysisRun: 'colors-5f6b7c8d99-2-5',
        pause: undefined,
      },
    }),
    metrics: [metric, asSuccess],
    analysisRuns: [
      {
        name: 'colors-5f6b7c8d99-2-5',
        uid: 'run-5',
        kind: 'step',
        stepIndex: 5,
        revision: 2,
        phase: 'Running',
        startedAt: ago(now, 31),
        metrics: [metric, asSuccess],
      },
    ],
    actions: actions({
      ...IN_PROGRESS,
      promote: {
        ...PROMOTE_TO_40,
        label: 'Promote to 80 %',
        primary: false,
      },
      'terminate-analysis': {
        consequences: [
          'Ends the run; the rollout goes on as if it had passed.',
        ],
      },
      abort: ABORT,
    }),
  };
}

export function experiment(now: number): RolloutDetail {
  return {
    ...analysing(now),
    sentence:
      'An experiment compares a baseline of blue with green, 5 % of the requests each, for 2 more minutes.',
    next: 'Next is 20 %.',
    weights: { desired: 0, actual: 0, max: 100, routed: true },
    routes: [
      { kind: 'experiment', label: 'experiment baseline 5 %' },
      { kind: 'experiment', label: 'experiment canary 5 %' },
    ],
    step: { index: 0, count: 8 },
    steps: demoSteps(now, 0, {
      0: {
        kind: 'experiment',
        label: 'experiment baseline vs canary',
        weight: undefined,
        explanation:
          'Runs one pod of either revision for 3 min, sends 5 % of the requests to each and compares them.',
      },
    }),
  };
}
