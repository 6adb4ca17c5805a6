import type {
  AnalysisPhase,
  AnalysisRun,
  Measurement,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ArgumentResolver } from '../analysis/args/resolver';
import { argumentValues } from '../analysis/args/substitute';
import { judgeValue } from '../analysis/judgeValue';
import type { MeasurementDone } from '../analysis/plan/recordMeasurements';
import type { DueMeasurement } from '../analysis/plan/schedule';
import { formatTime } from '../analysis/plan/time';
import { untilAborted } from '../cancellation/untilAborted';
import type { HttpEgress } from './egress/httpEgress';
import type {
  JobClient,
  MetricProvider,
  ProviderContext,
  ProviderResult,
} from './provider';
import { providerOf, type ProviderRegistry } from './registry';

/** Of a measurement's value and messages; the rest is cut. */
const LONGEST_TEXT = 8_192;

export interface MeasureOptions {
  registry: ProviderRegistry;
  http: HttpEgress;
  jobs: JobClient;
  /** The value of one key of a Secret in the run's namespace. */
  readSecret: (namespace: string, name: string, key: string) => Promise<string>;
  /**
   * By which measurements are dated and due; milliseconds since the epoch. It
   * may differ from the wall clock while that has jumped.
   */
  now: () => number;
  /** The time that expressions and queries name `now`; milliseconds since the epoch. */
  wallTime: () => number;
}

/**
 * Takes, looks after or ends one measurement and judges it. Never rejects:
 * whatever goes wrong is an Error measurement that says what, with secrets
 * taken out.
 */
export async function measure(
  run: AnalysisRun,
  due: DueMeasurement,
  options: MeasureOptions,
  signal: AbortSignal,
): Promise<MeasurementDone> {
  const { metric } = due;
  const begun: Measurement = due.measurement ?? {
    phase: 'Running',
    startedAt: formatTime(options.now()),
  };
  let args = new ArgumentResolver(argumentValues(run.spec.args));
  let metadata: Record<string, string> | undefined;
  try {
    args = await resolveArguments(run, options);
    const { name, config } = providerOf(metric.provider);
    const provider = options.registry.get(name);
    if (!provider) {
      throw new Error(
        `metric provider "${name}" is not supported; supported: ${[...options.registry.keys()].join(', ')}`,
      );
    }
    const { http, jobs } = options;
    const [now, wallTime] = [options.now(), options.wallTime()];
    const context = { run, metric, args, http, jobs, now, wallTime, signal };
    const asked = provider.metadata?.(config, context);
    metadata = asked && args.redaction.applyTo(asked);
    const result = await untilAborted(
      perform(due, provider, config, context),
      signal,
    );
    return {
      metricName: metric.name,
      measurement: conclude(metric, begun, result, args, options),
      metadata,
    };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      metricName: metric.name,
      measurement: {
        ...begun,
        phase: 'Error',
        message: args.redaction.apply(message).slice(0, LONGEST_TEXT),
        finishedAt: formatTime(options.now()),
      },
      metadata,
    };
  }
}

async function resolveArguments(
  run: AnalysisRun,
  { readSecret }: MeasureOptions,
): Promise<ArgumentResolver> {
  const values = new Map(argumentValues(run.spec.args));
  const secrets: string[] = [];
  for (const { name, valueFrom } of run.spec.args ?? []) {
    const reference = valueFrom?.secretKeyRef;
    if (!reference) continue;
    const namespace = run.metadata.namespace ?? '';
    const secret = await readSecret(namespace, reference.name, reference.key);
    values.set(name, secret);
    secrets.push(secret);
  }
  return new ArgumentResolver(values, secrets);
}

async function perform(
  { action, measurement }: DueMeasurement,
  provider: MetricProvider,
  config: unknown,
  context: ProviderContext,
): Promise<ProviderResult> {
  if (action === 'run' || !measurement) return provider.run(config, context);
  if (action === 'terminate') {
    await provider.terminate?.(config, measurement, context);
    return { phase: 'Successful', message: 'Metric Terminated' };
  }
  if (provider.resume) return provider.resume(config, measurement, context);
  return provider.run(config, context);
}

function conclude(
  metric: Metric,
  begun: Measurement,
  result: ProviderResult,
  args: ArgumentResolver,
  options: Pick<MeasureOptions, 'now' | 'wallTime'>,
): Measurement {
  const now = options.now();
  const clean = (text: string) =>
    args.redaction.apply(text).slice(0, LONGEST_TEXT);
  const { resumeAt: _, ...before } = begun;
  if ('text' in result) {
    const { phase, message } = judgeValue(
      metric,
      result.value,
      args,
      options.wallTime(),
    );
    const shown = result.measurementMetadata;
    return {
      ...before,
      phase,
      ...(shown ? { metadata: args.redaction.applyTo(shown) } : {}),
      value: clean(result.text),
      ...(message ? { message: clean(message) } : {}),
      finishedAt: formatTime(now),
    };
  }
  const { phase, message, value, resumeAt, measurementMetadata } = result;
  const measurement: Measurement = {
    ...before,
    phase,
    ...(message ? { message: clean(message) } : {}),
    ...(value === undefined ? {} : { value: clean(value) }),
    ...(measurementMetadata ? { metadata: measurementMetadata } : {}),
  };
  if (isFinal(phase)) return { ...measurement, finishedAt: formatTime(now) };
  return resumeAt === undefined
    ? measurement
    : { ...measurement, resumeAt: formatTime(resumeAt) };
}

function isFinal(phase: AnalysisPhase): boolean {
  return phase !== 'Running' && phase !== 'Pending';
}
