import {
  described,
  flag,
  intOrString,
  list,
  mapOf,
  record,
  text,
  time,
  whole,
} from '../../schema/builders';
import { providerSchema } from './providerSchemas';

/** Arguments as a template declares them and a run has them. */
export const templateArgumentsSchema = list(
  record(
    {
      name: text,
      value: text,
      valueFrom: record({
        secretKeyRef: record({ name: text, key: text }, ['name', 'key']),
        fieldRef: record({ fieldPath: text }, ['fieldPath']),
      }),
    },
    ['name'],
  ),
);

/** Arguments as a rollout gives them to its analyses. */
export const rolloutArgumentsSchema = list(
  record(
    {
      name: text,
      value: text,
      valueFrom: record({
        fieldRef: record({ fieldPath: text }, ['fieldPath']),
        podTemplateHashValue: text,
      }),
    },
    ['name'],
  ),
);

const metricsSchema = list(
  record(
    {
      name: text,
      interval: described(text, 'Time between two measurements, as 1m30s.'),
      initialDelay: text,
      count: described(
        intOrString,
        'How many measurements are taken. Without interval: one.',
      ),
      successCondition: described(
        text,
        'An expression over `result` that is true for a good measurement.',
      ),
      failureCondition: described(
        text,
        'An expression over `result` that is true for a bad measurement.',
      ),
      failureLimit: intOrString,
      inconclusiveLimit: intOrString,
      consecutiveErrorLimit: intOrString,
      consecutiveSuccessLimit: intOrString,
      provider: described(
        providerSchema,
        'Where the measurement comes from: prometheus, web, job, …',
      ),
    },
    ['name', 'provider'],
  ),
);

export const dryRunSchema = list(record({ metricName: text }, ['metricName']));

export const retentionSchema = list(
  record({ metricName: text, limit: whole }, ['metricName', 'limit']),
);

export const templateRefsSchema = list(
  record({ templateName: text, clusterScope: flag }),
);

export const analysisTemplateSchema = record(
  {
    spec: record({
      args: templateArgumentsSchema,
      metrics: metricsSchema,
      dryRun: dryRunSchema,
      measurementRetention: retentionSchema,
      templates: templateRefsSchema,
    }),
  },
  ['spec'],
);

const summarySchema = record({
  count: whole,
  successful: whole,
  failed: whole,
  inconclusive: whole,
  error: whole,
});

const measurementSchema = record(
  {
    phase: text,
    message: text,
    startedAt: time,
    finishedAt: time,
    resumeAt: time,
    value: text,
    metadata: mapOf(text),
  },
  ['phase'],
);

export const analysisRunSchema = record(
  {
    spec: record(
      {
        args: templateArgumentsSchema,
        metrics: metricsSchema,
        dryRun: dryRunSchema,
        measurementRetention: retentionSchema,
        terminate: flag,
        ttlStrategy: record({
          secondsAfterCompletion: whole,
          secondsAfterFailure: whole,
          secondsAfterSuccess: whole,
        }),
      },
      ['metrics'],
    ),
    status: record(
      {
        phase: text,
        message: text,
        startedAt: time,
        completedAt: time,
        runSummary: summarySchema,
        dryRunSummary: summarySchema,
        metricResults: list(
          record(
            {
              name: text,
              phase: text,
              message: text,
              dryRun: flag,
              count: whole,
              successful: whole,
              failed: whole,
              inconclusive: whole,
              error: whole,
              consecutiveError: whole,
              consecutiveSuccess: whole,
              metadata: mapOf(text),
              measurements: list(measurementSchema),
            },
            ['name', 'phase'],
          ),
        ),
      },
      ['phase'],
    ),
  },
  ['spec'],
);
