import { flag, list, record, text, time, whole } from '../../schema/builders';
import {
  templateArgumentsSchema,
  dryRunSchema,
  retentionSchema,
} from './analysisSchemas';
import {
  labelSelectorSchema,
  metadataSchema,
  podTemplateSchema,
} from './podTemplateSchema';

export const conditionsSchema = list(
  record(
    {
      type: text,
      status: text,
      reason: text,
      message: text,
      lastUpdateTime: time,
      lastTransitionTime: time,
    },
    [
      'type',
      'status',
      'reason',
      'message',
      'lastUpdateTime',
      'lastTransitionTime',
    ],
  ),
);

export const experimentSchema = record(
  {
    spec: record(
      {
        templates: list(
          record(
            {
              name: text,
              replicas: whole,
              minReadySeconds: whole,
              selector: labelSelectorSchema,
              template: podTemplateSchema,
              service: record({ name: text }),
            },
            ['name', 'selector', 'template'],
          ),
        ),
        analyses: list(
          record(
            {
              name: text,
              templateName: text,
              clusterScope: flag,
              requiredForCompletion: flag,
              args: templateArgumentsSchema,
            },
            ['name', 'templateName'],
          ),
        ),
        duration: text,
        progressDeadlineSeconds: whole,
        scaleDownDelaySeconds: whole,
        terminate: flag,
        dryRun: dryRunSchema,
        measurementRetention: retentionSchema,
        analysisRunMetadata: metadataSchema,
      },
      ['templates'],
    ),
    status: record({
      phase: text,
      message: text,
      availableAt: time,
      conditions: conditionsSchema,
      templateStatuses: list(
        record(
          {
            name: text,
            status: text,
            message: text,
            replicas: whole,
            updatedReplicas: whole,
            readyReplicas: whole,
            availableReplicas: whole,
            collisionCount: whole,
            lastTransitionTime: time,
            serviceName: text,
            podTemplateHash: text,
          },
          [
            'name',
            'replicas',
            'updatedReplicas',
            'readyReplicas',
            'availableReplicas',
          ],
        ),
      ),
      analysisRuns: list(
        record({ name: text, analysisRun: text, phase: text, message: text }, [
          'name',
          'analysisRun',
          'phase',
        ]),
      ),
    }),
  },
  ['spec'],
);
