import type {
  AnalysisSpec,
  MetricResult,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ruleMatches } from './metricRules';

/** How many measurements of a metric are kept when nothing else is said. */
const DEFAULT_RETENTION = 10;
/** An AnalysisRun must stay well below the 1.5 MB that a cluster stores. */
const MAX_BYTES = 512 * 1024;

function limitOf(spec: AnalysisSpec, metricName: string): number {
  const rule = (spec.measurementRetention ?? []).find(each =>
    ruleMatches(each.metricName, metricName),
  );
  return rule && rule.limit > 0 ? rule.limit : DEFAULT_RETENTION;
}

function keep(result: MetricResult, limit: number): MetricResult {
  const measurements = result.measurements ?? [];
  if (measurements.length <= limit) return result;
  return { ...result, measurements: measurements.slice(-limit) };
}

/**
 * Only the newest measurements of each metric: as many as the run's retention
 * rules say, and fewer still when all together would be too large to store.
 */
export function trimMeasurements(
  spec: AnalysisSpec,
  results: MetricResult[],
): MetricResult[] {
  let trimmed = results.map(result => keep(result, limitOf(spec, result.name)));
  while (Buffer.byteLength(JSON.stringify(trimmed)) > MAX_BYTES) {
    const longest = Math.max(
      ...trimmed.map(result => result.measurements?.length ?? 0),
    );
    if (longest <= 1) break;
    const limit = Math.ceil(longest / 2);
    trimmed = trimmed.map(result => keep(result, limit));
  }
  return trimmed;
}
