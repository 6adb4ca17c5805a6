import { createHash } from 'node:crypto';
import type {
  KubeObject,
  Measurement,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ProviderConfig } from './config';
import { jobOutcome } from './jobOutcome';
import type {
  JobObject,
  MetricProvider,
  ProviderContext,
  ProviderVerdict,
} from './provider';

/** On Jobs: the run that made them. */
const RUN_NAME = 'analysisrun.argoproj.io/name';
const RUN_NAMESPACE = 'analysisrun.argoproj.io/namespace';
const METRIC_NAME = 'analysisrun.argoproj.io/metric-name';
const RUN_UID = 'analysisrun.argoproj.io/uid';
/** In a measurement's metadata: the Job. */
const JOB_NAME = 'job-name';
const JOB_NAMESPACE = 'job-namespace';
/** A change of the Job is noticed at once; this is for when it is missed. */
const LOOK_AGAIN = 15_000;
/** Of another cluster no change is noticed. */
const LOOK_ELSEWHERE = 5_000;
const AT = 'provider.job';

/** Runs a Kubernetes Job; its success is the metric's. Source: Argo Rollouts, analysis/job.md. */
export const job: MetricProvider = {
  name: 'job',
  async run(stanza, context) {
    const config = new ProviderConfig(AT, stanza);
    const created = await context.jobs.create(buildJob(config, context));
    return running(created.metadata, context);
  },
  async resume(_, measurement, context) {
    const { namespace, name } = whichJob(measurement, context);
    const found = await context.jobs.get(namespace, name);
    if (!found) {
      throw new Error(`job ${namespace}/${name} is gone: somebody deleted it`);
    }
    return jobOutcome(found) ?? running({ namespace, name }, context);
  },
  async terminate(_, measurement, context) {
    const { namespace, name } = whichJob(measurement, context);
    await context.jobs.delete(namespace, name);
  },
};

/** The uid of the run that made a Job, in whichever namespace it is. */
export function runOfJob({ metadata }: KubeObject): string | undefined {
  return metadata.labels?.[RUN_UID];
}

function running(
  { namespace = '', name }: JobObject['metadata'],
  { now, jobs }: ProviderContext,
): ProviderVerdict {
  return {
    phase: 'Running',
    resumeAt: now + (jobs.isElsewhere ? LOOK_ELSEWHERE : LOOK_AGAIN),
    measurementMetadata: { [JOB_NAME]: name, [JOB_NAMESPACE]: namespace },
  };
}

function whichJob(measurement: Measurement, { run }: ProviderContext) {
  const name = measurement.metadata?.[JOB_NAME];
  if (!name) throw new Error('the measurement does not name its job');
  return {
    name,
    namespace:
      measurement.metadata?.[JOB_NAMESPACE] ?? run.metadata.namespace ?? '',
  };
}

/**
 * The same measurement always makes the same name, so that one whose note was
 * lost finds its Job again instead of making a second one.
 */
function jobName({ run, metric }: ProviderContext): string {
  const uid = run.metadata.uid ?? '';
  const result = run.status?.metricResults?.find(
    ({ name }) => name === metric.name,
  );
  const number = (result?.count ?? 0) + (result?.error ?? 0) + 1;
  const readable = metric.name.toLowerCase().replace(/[^a-z0-9-]+/g, '-');
  const full = `${uid}.${metric.name}.${number}`;
  const simple = `${uid}.${readable}.${number}`;
  if (readable === metric.name && simple.length <= 63) return simple;
  const hash = createHash('sha256').update(full).digest('hex').slice(0, 8);
  return `${uid}.${hash}.${number}`;
}

function texts(value: unknown): Record<string, string> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, string>)
    : {};
}

function ownerReference({ metadata }: ProviderContext['run']) {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AnalysisRun',
    name: metadata.name,
    uid: metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

function buildJob(
  config: ProviderConfig,
  context: ProviderContext,
): Record<string, unknown> {
  const { args, run, metric, jobs } = context;
  const namespace = jobs.namespace ?? run.metadata.namespace;
  const metadata = args.json(texts(config.raw('metadata'))) as Record<
    string,
    unknown
  >;
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name: jobName(context),
      namespace,
      labels: { ...texts(metadata.labels), [RUN_UID]: run.metadata.uid ?? '' },
      annotations: {
        ...texts(metadata.annotations),
        [RUN_NAME]: run.metadata.name,
        [RUN_NAMESPACE]: run.metadata.namespace ?? '',
        [METRIC_NAME]: metric.name,
      },
      // Owners are of the same namespace: elsewhere the Job would be collected.
      ...(jobs.isElsewhere || namespace !== run.metadata.namespace
        ? {}
        : { ownerReferences: [ownerReference(run)] }),
    },
    spec: args.json(config.object('spec')),
  };
}
