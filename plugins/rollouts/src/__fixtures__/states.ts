import type {
  ClusterView,
  EntityRolloutsResponse,
  RolloutDetail,
  RolloutResponse,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  actions,
  ago,
  colors,
  colorsGreen,
  demoSteps,
  ownersAccess,
  readersAccess,
  revision,
  stepState,
  successRate,
} from './rollout';

/** Every state a page of one entity can be in. */
export const STATE_NAMES = [
  'healthy',
  'paused',
  'timed-pause',
  'analysing',
  'rolled-back',
  'degraded',
  'blue-green',
  'experiment',
  'replicas',
  'several',
  'many-steps',
  'no-rollouts',
  'not-annotated',
  'cluster-down',
  'read-only',
  'loading',
  'stale',
  'error',
  'forbidden',
] as const;

export type StateName = (typeof STATE_NAMES)[number];

const PROMOTE_TO_40 = {
  label: 'Promote to 40 %',
  primary: true,
  consequences: [
    'Routes 40 % of the requests to green and runs 2 pods of it.',
    'Waits 10 s, then 60 %, 80 % and 100 % follow with 10 s between them.',
    'No pod of blue is stopped before green has all requests; until then Abort brings everything back at once.',
  ],
};
const ABORT = {
  consequences: [
    'Routes all requests back to blue at once; its 5 pods are still running.',
    'The pods of green stop after 30 s.',
    'Retry starts green again from the first step.',
  ],
};
const IN_PROGRESS = {
  'promote-full': {
    consequences: [
      'Routes all requests to green, skipping 6 steps and analysis.',
    ],
  },
  'skip-step': { consequences: ['Goes on with the step after this one.'] },
  pause: { consequences: ['Nothing moves until someone resumes.'] },
  restart: { consequences: ['Replaces the pods one after another.'] },
  'set-image': { consequences: ['Starts over with the new image.'] },
  undo: { consequences: ['Brings the chosen revision back.'] },
};

const demoTimeline = (now: number): RolloutDetail['timeline'] => [
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
    text: 'Set the image of colors to demo/colors:green',
    by: 'user:default/olivia',
  },
];

function paused(now: number): RolloutDetail {
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

function timedPause(now: number): RolloutDetail {
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

function analysing(now: number): RolloutDetail {
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

function rolledBack(now: number): RolloutDetail {
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
      1: { state: 'failed' },
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
      ...demoTimeline(now),
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

function degraded(now: number): RolloutDetail {
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

function blueGreen(now: number): RolloutDetail {
  return {
    ...paused(now),
    strategy: 'blueGreen',
    router: undefined,
    message: 'BlueGreenPause',
    sentence:
      'Green is ready behind colors-preview. All requests still go to blue. Waiting for someone to promote.',
    next: 'Promoting sends all requests to green at once.',
    weights: { desired: 0, actual: 0, max: 100, routed: true },
    step: undefined,
    steps: [],
    metrics: [],
    analysisRuns: [],
    pods: {
      desired: 5,
      stable: { desired: 5, ready: 5, available: 5 },
      canary: { desired: 5, ready: 5, available: 5 },
    },
    revisions: [
      revision(now, { revision: 2, role: 'preview' }, 'demo/colors:green', 5),
      revision(now, { revision: 1, role: 'active' }, 'demo/colors:blue', 5),
    ],
    actions: actions({
      ...IN_PROGRESS,
      promote: {
        label: 'Promote to active',
        primary: true,
        consequences: [
          'Sends all requests to green at once.',
          'The pods of blue keep running for 30 s; until then Undo is immediate.',
        ],
      },
      abort: ABORT,
    }),
  };
}

function experiment(now: number): RolloutDetail {
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

function replicas(now: number): RolloutDetail {
  return {
    ...paused(now),
    ref: { cluster: 'local', namespace: 'demo', name: 'search' },
    uid: 'search-uid',
    router: undefined,
    sentence:
      'About 20 % of requests go to green, by its share of pods. Waiting for someone to promote.',
    weights: { desired: 25, actual: 20, max: 100, routed: false },
    pods: {
      desired: 5,
      stable: { desired: 4, ready: 4, available: 4 },
      canary: { desired: 1, ready: 1, available: 1 },
    },
  };
}

function manySteps(now: number): RolloutDetail {
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
          ? 'Waits until someone promotes.'
          : `Routes ${weight} % of the requests to the canary.`,
        state: stepState(index, 11),
      };
    }),
  };
}

function stale(now: number): RolloutDetail {
  return {
    ...paused(now),
    stale: {
      since: ago(now, 40),
      reason: 'the connection was refused',
    },
  };
}

function cluster(now: number, change: Partial<ClusterView> = {}): ClusterView {
  return {
    name: 'local',
    state: 'ready',
    missing: [],
    lastSeen: ago(now, 1),
    rollouts: 2,
    controller: { mode: 'embedded', acting: 'embedded' },
    version: 'v1.32.0',
    ...change,
  };
}

function response(
  now: number,
  rollouts: RolloutResponse[],
  change: Partial<EntityRolloutsResponse> = {},
): EntityRolloutsResponse {
  return {
    entityRef: 'component:default/colors',
    annotated: true,
    rollouts,
    clusters: [cluster(now)],
    refused: [],
    ...change,
  };
}

/** What the backend answers in a state; undefined when it does not. */
export function stateResponse(
  name: StateName,
  now: number,
): EntityRolloutsResponse | undefined {
  const owned = (rollout: RolloutDetail): RolloutResponse[] => [
    { rollout, access: ownersAccess },
  ];
  switch (name) {
    case 'healthy':
      return response(now, owned(colors(now)));
    case 'paused':
      return response(now, owned(paused(now)));
    case 'timed-pause':
      return response(now, owned(timedPause(now)));
    case 'analysing':
      return response(now, owned(analysing(now)));
    case 'rolled-back':
      return response(now, owned(rolledBack(now)));
    case 'degraded':
      return response(now, owned(degraded(now)));
    case 'blue-green':
      return response(now, owned(blueGreen(now)));
    case 'experiment':
      return response(now, owned(experiment(now)));
    case 'replicas':
      return response(now, owned(replicas(now)));
    case 'several':
      return response(now, [...owned(paused(now)), ...owned(replicas(now))]);
    case 'many-steps':
      return response(now, owned(manySteps(now)));
    case 'no-rollouts':
      return response(now, []);
    case 'cluster-down':
      return response(now, owned(paused(now)), {
        clusters: [
          cluster(now),
          cluster(now, { name: 'staging' }),
          cluster(now, {
            name: 'production',
            state: 'unreachable',
            message: 'The connection was refused.',
            remedy:
              'Check that the API server runs and that its address is right.',
          }),
        ],
      });
    case 'read-only':
      return response(now, [{ rollout: paused(now), access: readersAccess }]);
    case 'stale':
      return response(now, owned(stale(now)), {
        clusters: [
          cluster(now, {
            state: 'stale',
            lastSeen: ago(now, 40),
            message: 'The connection was refused.',
          }),
        ],
      });
    default:
      return undefined;
  }
}
