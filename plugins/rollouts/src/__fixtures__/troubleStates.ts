import type { RolloutDetail } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { successRate } from './metrics';
import { actions, ago, colorsGreen, demoSteps, revision } from './rollout';
import { demoTimeline, paused } from './progressStates';
import { ABORT, IN_PROGRESS } from './stateActions';

export function rolledBack(now: number): RolloutDetail {
  const metric = successRate(now, [0.98, 0.82, 0.74, 0.71], {
    phase: 'Failed',
    message:
      'Metric "success rate" assessed Failed due to failed (3) > failureLimit (2)',
  });
  return colorsGreen(now, {
    images: [
      {
        container: 'colors',
        stable: 'demo/colors:green',
        current: 'demo/colors:red',
      },
    ],
    phase: 'Degraded',
    aborted: true,
    message: 'RolloutAborted: Rollout aborted update to revision 3',
    sentence:
      'Rolled back 2 minutes ago: success rate was 71 % and must be at least 95 %; 3 of 4 measurements failed.',
    next: 'All requests go to green again. Deploy another image, or retry red.',
    revision: 3,
    stableRevision: 2,
    generation: 5,
    startedAt: ago(now, 160),
    weights: { desired: 0, actual: 0, max: 100, routed: true },
    pods: {
      desired: 5,
      stable: { desired: 5, ready: 5, available: 5 },
      canary: { desired: 0, ready: 0, available: 0 },
    },
    step: { index: 0, count: 8 },
    steps: demoSteps(now, 1, {
      1: {
        state: 'failed',
        explanation: 'Stopped here. It was to wait for someone to promote.',
      },
      2: { state: 'skipped' },
      3: { state: 'skipped' },
      4: { state: 'skipped' },
      5: { state: 'skipped' },
      6: { state: 'skipped' },
      7: { state: 'skipped' },
    }),
    metrics: [metric],
    analysisRuns: [
      {
        name: 'colors-84f5d7c6bb-3',
        uid: 'run-3',
        kind: 'background',
        revision: 3,
        phase: 'Failed',
        message: metric.message,
        verdict:
          'Failed: success rate was 71 % and must be at least 95 %; 3 of 4 measurements failed, 2 were allowed.',
        startedAt: ago(now, 150),
        completedAt: ago(now, 125),
        metrics: [metric],
      },
    ],
    revisions: [
      revision(
        now,
        { revision: 3, role: 'canary', analysisRuns: ['colors-84f5d7c6bb-3'] },
        'demo/colors:red',
        0,
      ),
      revision(now, { revision: 2, role: 'stable' }, 'demo/colors:green', 5),
      revision(now, { revision: 1, role: 'old' }, 'demo/colors:blue', 0),
    ],
    timeline: [
      {
        id: 'r3',
        at: ago(now, 125),
        source: 'analysis',
        severity: 'error',
        title: 'AnalysisRunFailed',
        text: 'Background analysis run colors-84f5d7c6bb-3 failed: success rate 71 %, needs ≥ 95 %',
        by: 'rollouts-controller',
      },
      {
        id: 'r2',
        at: ago(now, 125),
        source: 'event',
        severity: 'warning',
        title: 'RolloutAborted',
        text: 'Rollout aborted update to revision 3',
        by: 'rollouts-controller',
      },
      ...demoTimeline(now, 'demo/colors:red'),
    ],
    actions: actions({
      retry: {
        label: 'Retry red',
        primary: true,
        consequences: [
          'Routes 20 % of the requests to red again, from the first step.',
        ],
      },
      restart: IN_PROGRESS.restart,
      'set-image': IN_PROGRESS['set-image'],
      undo: IN_PROGRESS.undo,
    }),
  });
}

export function degraded(now: number): RolloutDetail {
  const image = 'demo/colors:unpullable';
  return {
    ...paused(now),
    phase: 'Degraded',
    message: 'ProgressDeadlineExceeded',
    sentence:
      'Stuck: the new pod cannot pull demo/colors:unpullable, and a second one keeps crashing. All requests still go to blue.',
    next: 'Abort, or set an image that exists.',
    images: [
      { container: 'colors', stable: 'demo/colors:blue', current: image },
    ],
    weights: { desired: 20, actual: 0, max: 100, routed: true },
    pods: {
      desired: 5,
      stable: { desired: 5, ready: 5, available: 5 },
      canary: { desired: 2, ready: 0, available: 0 },
    },
    step: { index: 0, count: 8 },
    steps: demoSteps(now, 0),
    metrics: [],
    analysisRuns: [],
    problems: [
      {
        message:
          'The image demo/colors:unpullable cannot be pulled: not found.',
        remedy: 'Check the tag, or the pull secret of the namespace.',
      },
    ],
    revisions: [
      {
        ...revision(now, { revision: 2, role: 'canary' }, image, 2),
        replicas: { desired: 2, ready: 0, available: 0 },
        pods: [
          {
            name: 'colors-5f6b7c8d99-2zkqp',
            ready: false,
            status: 'ImagePullBackOff',
            message:
              'Back-off pulling image "demo/colors:unpullable": not found',
            restarts: 0,
            createdAt: ago(now, 640),
          },
          {
            name: 'colors-5f6b7c8d99-7mxbd',
            ready: false,
            status: 'CrashLoopBackOff',
            message:
              'back-off 40s restarting failed container; last exit code 1',
            restarts: 5,
            createdAt: ago(now, 640),
          },
        ],
      },
      revision(now, { revision: 1, role: 'stable' }, 'demo/colors:blue', 5),
    ],
    actions: actions({ ...IN_PROGRESS, abort: { ...ABORT, primary: true } }),
  };
}
