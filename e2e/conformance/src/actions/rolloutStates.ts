import { deepMerge, type Json } from './deepMerge';

/** A rollout in one state of its life: what is created, and its status. */
export interface RolloutState {
  spec: Json;
  status: Json;
  /** The template lives in a Deployment that `workloadRef` names. */
  workload?: boolean;
}

const TEMPLATE = {
  metadata: { labels: { app: 'colors' } },
  spec: {
    containers: [
      { name: 'colors', image: 'demo/colors:green' },
      { name: 'proxy', image: 'demo/proxy:1' },
    ],
    initContainers: [{ name: 'setup', image: 'demo/setup:1' }],
  },
};

const CANARY: Json = {
  replicas: 2,
  selector: { matchLabels: { app: 'colors' } },
  template: TEMPLATE,
  strategy: {
    canary: {
      steps: [
        { setWeight: 20 },
        { pause: {} },
        { setWeight: 60 },
        { pause: { duration: '10s' } },
      ],
    },
  },
};

const BLUE_GREEN: Json = {
  replicas: 2,
  selector: { matchLabels: { app: 'colors' } },
  template: TEMPLATE,
  strategy: {
    blueGreen: { activeService: 'colors', previewService: 'preview' },
  },
};

const MOVING = {
  currentPodHash: 'new',
  stableRS: 'old',
  currentStepIndex: 0,
  phase: 'Progressing',
  observedGeneration: '1',
  selector: 'app=colors',
};

const paused = (reason: string) => ({
  controllerPause: true,
  pauseConditions: [{ reason, startTime: '2026-01-01T00:00:00Z' }],
  phase: 'Paused',
  message: reason,
});

function state(spec: Json, status: Json, more: Partial<RolloutState> = {}) {
  return { spec, status, ...more };
}

/** Every state in which an action may meet a rollout, by its name. */
export const STATES = {
  'on its way to a weight': state(CANARY, MOVING),
  'paused at a step': state(CANARY, {
    ...MOVING,
    ...paused('CanaryPauseStep'),
    currentStepIndex: 1,
  }),
  'paused at the last step': state(CANARY, {
    ...MOVING,
    ...paused('CanaryPauseStep'),
    currentStepIndex: 3,
  }),
  'unpaused, not yet noticed': state(CANARY, {
    ...MOVING,
    controllerPause: true,
    currentStepIndex: 1,
  }),
  'beyond the last step': state(CANARY, { ...MOVING, currentStepIndex: 4 }),
  'paused by hand': state(
    deepMerge(CANARY, { paused: true }),
    deepMerge(MOVING, { phase: 'Paused', message: 'manually paused' }),
  ),
  'paused by hand and at a step': state(deepMerge(CANARY, { paused: true }), {
    ...MOVING,
    ...paused('CanaryPauseStep'),
    currentStepIndex: 1,
  }),
  'paused by an inconclusive analysis': state(CANARY, {
    ...MOVING,
    ...paused('InconclusiveAnalysisRun'),
    currentStepIndex: 2,
    canary: {
      currentStepAnalysisRunStatus: {
        name: 'run',
        status: 'Inconclusive',
      },
    },
  }),
  aborted: state(CANARY, {
    ...MOVING,
    abort: true,
    abortedAt: '2026-01-01T00:00:00Z',
    phase: 'Degraded',
  }),
  healthy: state(CANARY, {
    ...MOVING,
    stableRS: 'new',
    currentStepIndex: 4,
    phase: 'Healthy',
  }),
  'blue-green, paused': state(BLUE_GREEN, {
    ...MOVING,
    ...paused('BlueGreenPause'),
    currentStepIndex: undefined,
    blueGreen: { activeSelector: 'old', previewSelector: 'new' },
  }),
  'of a workload': state(
    deepMerge(CANARY, {
      template: undefined,
      selector: undefined,
      workloadRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'colors',
      },
    }),
    MOVING,
    { workload: true },
  ),
} satisfies Record<string, RolloutState>;

export type StateName = keyof typeof STATES;

/** The template of an earlier revision, for undo. */
export function templateOf(image: string): Json {
  return deepMerge(TEMPLATE, {
    spec: {
      containers: [
        { name: 'colors', image },
        { name: 'proxy', image: 'demo/proxy:1' },
      ],
    },
  });
}
