import {
  described,
  flag,
  intOrString,
  list,
  open,
  record,
  text,
  whole,
} from '../../schema/builders';
import {
  rolloutArgumentsSchema,
  dryRunSchema,
  retentionSchema,
  templateRefsSchema,
} from './analysisSchemas';
import { labelSelectorSchema, metadataSchema } from './podTemplateSchema';
import { trafficRoutingSchema } from './routingSchemas';

const analysisFields = {
  templates: templateRefsSchema,
  args: rolloutArgumentsSchema,
  dryRun: dryRunSchema,
  measurementRetention: retentionSchema,
  analysisRunMetadata: metadataSchema,
};

const analysisStepSchema = record(analysisFields);

const antiAffinitySchema = record({
  requiredDuringSchedulingIgnoredDuringExecution: open,
  preferredDuringSchedulingIgnoredDuringExecution: record({ weight: whole }, [
    'weight',
  ]),
});

const stringMatchSchema = record({ exact: text, prefix: text, regex: text });

const experimentStepSchema = record(
  {
    templates: list(
      record(
        {
          name: text,
          specRef: text,
          replicas: whole,
          weight: whole,
          metadata: metadataSchema,
          selector: labelSelectorSchema,
          service: record({ name: text }),
        },
        ['name', 'specRef'],
      ),
    ),
    analyses: list(
      record(
        {
          name: text,
          templateName: text,
          clusterScope: flag,
          requiredForCompletion: flag,
          args: rolloutArgumentsSchema,
        },
        ['name', 'templateName'],
      ),
    ),
    duration: text,
    scaleDownDelaySeconds: whole,
    dryRun: dryRunSchema,
    analysisRunMetadata: metadataSchema,
  },
  ['templates'],
);

const replicaProgressThresholdSchema = record({ type: text, value: whole }, [
  'type',
  'value',
]);

const stepSchema = record({
  setWeight: described(whole, 'The share of traffic or pods for the canary.'),
  pause: record({
    duration: described(
      intOrString,
      'Seconds, or a time such as 10m; without it until somebody promotes.',
    ),
  }),
  setCanaryScale: record({
    replicas: whole,
    weight: whole,
    matchTrafficWeight: flag,
  }),
  analysis: analysisStepSchema,
  experiment: experimentStepSchema,
  setHeaderRoute: record({
    name: text,
    match: list(
      record({ headerName: text, headerValue: stringMatchSchema }, [
        'headerName',
        'headerValue',
      ]),
    ),
  }),
  setMirrorRoute: record(
    {
      name: text,
      percentage: whole,
      match: list(
        record({
          method: stringMatchSchema,
          path: stringMatchSchema,
          headers: {
            type: 'object',
            additionalProperties: stringMatchSchema,
          },
        }),
      ),
    },
    ['name'],
  ),
  replicaProgressThreshold: replicaProgressThresholdSchema,
  plugin: record(
    {
      name: text,
      config: open,
    },
    ['name'],
  ),
});

export const canarySchema = record({
  canaryService: text,
  stableService: text,
  steps: list(stepSchema),
  trafficRouting: trafficRoutingSchema,
  maxSurge: intOrString,
  maxUnavailable: intOrString,
  analysis: record({ ...analysisFields, startingStep: whole }),
  antiAffinity: antiAffinitySchema,
  canaryMetadata: metadataSchema,
  stableMetadata: metadataSchema,
  pingPong: record({ pingService: text, pongService: text }, [
    'pingService',
    'pongService',
  ]),
  scaleDownDelaySeconds: whole,
  scaleDownDelayRevisionLimit: whole,
  abortScaleDownDelaySeconds: whole,
  dynamicStableScale: flag,
  minPodsPerReplicaSet: whole,
  replicaProgressThreshold: replicaProgressThresholdSchema,
});

export const blueGreenSchema = record(
  {
    activeService: text,
    previewService: text,
    previewReplicaCount: whole,
    autoPromotionEnabled: flag,
    autoPromotionSeconds: whole,
    maxUnavailable: intOrString,
    scaleDownDelaySeconds: whole,
    scaleDownDelayRevisionLimit: whole,
    abortScaleDownDelaySeconds: whole,
    prePromotionAnalysis: analysisStepSchema,
    postPromotionAnalysis: analysisStepSchema,
    antiAffinity: antiAffinitySchema,
    activeMetadata: metadataSchema,
    previewMetadata: metadataSchema,
  },
  ['activeService'],
);
