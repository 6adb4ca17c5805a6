import {
  described,
  flag,
  list,
  open,
  record,
  text,
  time,
  whole,
} from '../../schema/builders';
import { conditionsSchema } from './experimentSchema';
import { labelSelectorSchema, podTemplateSchema } from './podTemplateSchema';
import { albStatusSchema } from './routingSchemas';
import { blueGreenSchema, canarySchema } from './strategySchemas';

const runStatusSchema = record({ name: text, status: text, message: text }, [
  'name',
  'status',
]);

const weightSchema = record(
  { weight: whole, podTemplateHash: text, serviceName: text },
  ['weight'],
);

const stepPluginStatusSchema = record(
  {
    index: whole,
    name: text,
    operation: text,
    phase: text,
    message: text,
    backoff: text,
    disabled: flag,
    executions: whole,
    startedAt: time,
    updatedAt: time,
    finishedAt: time,
    status: open,
  },
  ['index', 'name', 'operation'],
);

const canaryStatusSchema = record({
  currentStepAnalysisRunStatus: runStatusSchema,
  currentBackgroundAnalysisRunStatus: runStatusSchema,
  currentExperiment: text,
  stablePingPong: text,
  weights: record(
    {
      canary: weightSchema,
      stable: weightSchema,
      additional: list(weightSchema),
      verified: flag,
    },
    ['canary', 'stable'],
  ),
  stepPluginStatuses: list(stepPluginStatusSchema),
});

const blueGreenStatusSchema = record({
  activeSelector: text,
  previewSelector: text,
  scaleUpPreviewCheckPoint: flag,
  prePromotionAnalysisRunStatus: runStatusSchema,
  postPromotionAnalysisRunStatus: runStatusSchema,
});

const specSchema = record({
  replicas: whole,
  selector: {
    ...labelSelectorSchema,
    'x-kubernetes-validations': [
      { rule: 'self == oldSelf', message: '.spec.selector is immutable' },
    ],
  },
  template: described(podTemplateSchema, 'The pods, as in a Deployment.'),
  workloadRef: record({
    apiVersion: text,
    kind: text,
    name: text,
    scaleDown: text,
  }),
  strategy: record({ canary: canarySchema, blueGreen: blueGreenSchema }),
  paused: flag,
  restartAt: time,
  minReadySeconds: whole,
  revisionHistoryLimit: whole,
  progressDeadlineSeconds: whole,
  progressDeadlineAbort: flag,
  rollbackWindow: record({ revisions: whole }),
  analysis: record({
    successfulRunHistoryLimit: whole,
    unsuccessfulRunHistoryLimit: whole,
  }),
});

const statusSchema = record({
  phase: text,
  message: text,
  abort: flag,
  abortedAt: time,
  promoteFull: flag,
  controllerPause: flag,
  pauseConditions: list(
    record({ reason: text, startTime: time }, ['reason', 'startTime']),
  ),
  currentPodHash: text,
  currentStepHash: text,
  currentStepIndex: whole,
  stableRS: text,
  replicas: whole,
  updatedReplicas: whole,
  readyReplicas: whole,
  availableReplicas: whole,
  HPAReplicas: whole,
  selector: text,
  collisionCount: whole,
  observedGeneration: text,
  workloadObservedGeneration: text,
  restartedAt: time,
  conditions: conditionsSchema,
  canary: canaryStatusSchema,
  blueGreen: blueGreenStatusSchema,
  alb: albStatusSchema,
  albs: list(albStatusSchema),
});

export const rolloutSchema = record(
  { spec: specSchema, status: statusSchema },
  ['spec'],
);
