import {
  described,
  flag,
  list,
  mapOf,
  open,
  record,
  text,
  time,
  whole,
} from '../../schema/builders';
import { conditionsSchema } from './experimentSchema';
import { blueGreenSchema, canarySchema } from './strategySchemas';

const runStatusSchema = record({ name: text, status: text, message: text }, [
  'name',
  'status',
]);

const weightSchema = record(
  { weight: whole, podTemplateHash: text, serviceName: text },
  ['weight'],
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
  stepPluginStatuses: list(open),
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
    ...record({
      matchLabels: mapOf(text),
      matchExpressions: list(
        record({ key: text, operator: text, values: list(text) }, [
          'key',
          'operator',
        ]),
      ),
    }),
    'x-kubernetes-map-type': 'atomic',
  },
  template: described(open, 'The pods, as in a Deployment.'),
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
  alb: open,
  albs: list(open),
});

export const rolloutSchema = record(
  { spec: specSchema, status: statusSchema },
  ['spec'],
);
