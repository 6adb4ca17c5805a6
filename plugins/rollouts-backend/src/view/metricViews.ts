import type {
  AnalysisRun,
  IntOrString,
  Measurement,
  MeasurementView,
  Metric,
  MetricResult,
  MetricView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { analysisPhase } from './analysisPhase';
import { resolvedQuery } from './resolvedQuery';
import { thresholdOf, unitOf } from './threshold';

/** Charts do not need more, and a run may have thousands. */
const MOST_MEASUREMENTS = 200;
const MOST_TEXT = 500;

/** The metrics of a run. Arguments, headers and bodies are not handed out: they may hold secrets. */
export function metricViews(run: AnalysisRun): MetricView[] {
  const results = run.status?.metricResults ?? [];
  return (run.spec.metrics ?? []).map(metric =>
    metricView(
      metric,
      results.find(({ name }) => name === metric.name),
      run,
      (run.spec.dryRun ?? []).some(({ metricName }) =>
        covers(metricName, metric.name),
      ),
    ),
  );
}

function metricView(
  metric: Metric,
  result: MetricResult | undefined,
  run: AnalysisRun,
  dryRun: boolean,
): MetricView {
  const measurements = (result?.measurements ?? [])
    .slice(-MOST_MEASUREMENTS)
    .map(measurementView);
  return {
    name: metric.name,
    provider: Object.keys(metric.provider ?? {})[0] ?? 'unknown',
    phase: analysisPhase(result?.phase),
    dryRun: result?.dryRun ?? dryRun,
    successCondition: metric.successCondition,
    failureCondition: metric.failureCondition,
    threshold: thresholdOf(metric),
    unit: unitOf(metric),
    last: measurements.at(-1),
    measurements,
    counts: {
      planned: plannedOf(metric),
      measured: result?.count ?? 0,
      successful: result?.successful ?? 0,
      failed: result?.failed ?? 0,
      inconclusive: result?.inconclusive ?? 0,
      error: result?.error ?? 0,
      failureLimit: numberOf(metric.failureLimit) ?? 0,
      inconclusiveLimit: numberOf(metric.inconclusiveLimit) ?? 0,
      consecutiveErrorLimit: numberOf(metric.consecutiveErrorLimit) ?? 4,
    },
    resolvedQuery: resolvedQuery(run, metric, result),
    message: short(result?.message),
    warnings: warningsOf(metric),
  };
}

function measurementView(measurement: Measurement): MeasurementView {
  return {
    phase: analysisPhase(measurement.phase),
    startedAt: measurement.startedAt,
    finishedAt: measurement.finishedAt,
    value: short(measurement.value),
    ...numberIn(measurement.value),
    message: short(measurement.message),
  };
}

/** The one number in "0.98" or "[0.98]", or what it is instead of a number. */
export function numberIn(
  value: string | undefined,
): Pick<MeasurementView, 'number' | 'notANumber'> {
  const text = value?.replace(/^\[|\]$/g, '').trim();
  if (!text) {
    return {};
  }
  if (/^nan$/i.test(text)) {
    return { notANumber: 'NaN' };
  }
  const infinite = /^([+-]?)inf(inity)?$/i.exec(text);
  if (infinite) {
    return { notANumber: infinite[1] === '-' ? '-Inf' : '+Inf' };
  }
  const parsed = Number(text);
  return Number.isFinite(parsed) ? { number: parsed } : {};
}

function plannedOf(metric: Metric): number | undefined {
  const count = numberOf(metric.count);
  if (count !== undefined && count > 0) {
    return count;
  }
  return metric.interval === undefined ? 1 : undefined;
}

function numberOf(value: IntOrString | undefined): number | undefined {
  const parsed = Number(value);
  return value === undefined || Number.isNaN(parsed) ? undefined : parsed;
}

function warningsOf(metric: Metric): string[] {
  return metric.failureCondition && !metric.successCondition
    ? [
        'Fails open: with only a failureCondition, a measurement that is NaN or empty counts as successful. Add a successCondition.',
      ]
    : [];
}

function covers(pattern: string, name: string): boolean {
  return pattern === name || pattern === '*' || pattern === '.*';
}

function short(text: string | undefined): string | undefined {
  return text !== undefined && text.length > MOST_TEXT
    ? `${text.slice(0, MOST_TEXT)}…`
    : text;
}
