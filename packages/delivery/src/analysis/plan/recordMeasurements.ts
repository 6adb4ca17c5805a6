import type {
  AnalysisSpec,
  Measurement,
  MetricResult,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { isDryRun } from './metricRules';

/** A measurement that began, went on or ended since the last plan. */
export interface MeasurementDone {
  metricName: string;
  measurement: Measurement;
  /** Of the metric, not the measurement: the query as it was resolved. */
  metadata?: Record<string, string>;
}

function count(result: MetricResult, measurement: Measurement): MetricResult {
  const total = { ...result, count: (result.count ?? 0) + 1 };
  switch (measurement.phase) {
    case 'Successful':
      return {
        ...total,
        successful: (result.successful ?? 0) + 1,
        consecutiveSuccess: (result.consecutiveSuccess ?? 0) + 1,
        consecutiveError: undefined,
      };
    case 'Failed':
      return {
        ...total,
        failed: (result.failed ?? 0) + 1,
        consecutiveSuccess: undefined,
        consecutiveError: undefined,
      };
    case 'Inconclusive':
      return {
        ...total,
        inconclusive: (result.inconclusive ?? 0) + 1,
        consecutiveSuccess: undefined,
        consecutiveError: undefined,
      };
    default:
      // An error says nothing about the metric, so it does not count as one
      // of its measurements.
      return {
        ...result,
        error: (result.error ?? 0) + 1,
        consecutiveError: (result.consecutiveError ?? 0) + 1,
        consecutiveSuccess: undefined,
      };
  }
}

function record(
  before: MetricResult,
  { measurement, metadata }: MeasurementDone,
): MetricResult {
  const earlier = before.measurements ?? [];
  const last = earlier.at(-1);
  const continued = last !== undefined && !last.finishedAt;
  const result: MetricResult = {
    ...before,
    measurements: [
      ...(continued ? earlier.slice(0, -1) : earlier),
      measurement,
    ],
    ...(metadata && Object.keys(metadata).length ? { metadata } : {}),
  };
  return measurement.finishedAt ? count(result, measurement) : result;
}

/** The results with the measurements added, in the order of the metrics. */
export function recordMeasurements(
  spec: AnalysisSpec,
  results: MetricResult[],
  done: MeasurementDone[],
): MetricResult[] {
  const byName = new Map(results.map(result => [result.name, result]));
  for (const each of done) {
    const name = each.metricName;
    const before: MetricResult = byName.get(name) ?? {
      name,
      phase: 'Running',
      ...(isDryRun(spec, name) ? { dryRun: true } : {}),
    };
    byName.set(name, record(before, each));
  }
  return spec.metrics.flatMap(metric => byName.get(metric.name) ?? []);
}
