import type {
  AnalysisSpec,
  MetricResult,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { utf8Length } from '../../encoding/utf8';
import { ruleMatches } from './metricRules';

/** How many measurements of a metric are kept when nothing else is said. */
const DEFAULT_RETENTION = 10;
/** A whole AnalysisRun must stay well below the 1.5 MB that a cluster stores. */
const MAX_BYTES = 1024 * 1024;
/** Results get this much, however large the specification is. */
const LEAST_BYTES = 64 * 1024;
/** Lengths to which texts are cut, one after the other, if need be. */
const CUTS = [1_024, 128, 16];

function limitOf(spec: AnalysisSpec, metricName: string): number {
  // Of several that match, the last one counts, as in the reference.
  const rule = (spec.measurementRetention ?? []).findLast(each =>
    ruleMatches(each.metricName, metricName),
  );
  return rule && rule.limit > 0 ? rule.limit : DEFAULT_RETENTION;
}

function keep(result: MetricResult, limit: number): MetricResult {
  const measurements = result.measurements ?? [];
  if (measurements.length <= limit) return result;
  return { ...result, measurements: measurements.slice(-limit) };
}

const sizeOf = (value: unknown) => utf8Length(JSON.stringify(value));

const cutText = (text: string | undefined, length: number) =>
  text !== undefined && text.length > length
    ? `${text.slice(0, length)}…`
    : text;

function cutTexts(result: MetricResult, length: number): MetricResult {
  const { message, metadata, measurements } = result;
  const cutAll = (texts: Record<string, string>) =>
    Object.fromEntries(
      Object.entries(texts).map(([key, text]) => [
        key,
        cutText(text, length) ?? '',
      ]),
    );
  return {
    ...result,
    ...(message ? { message: cutText(message, length) } : {}),
    ...(metadata ? { metadata: cutAll(metadata) } : {}),
    measurements: measurements?.map(each => ({
      ...each,
      ...(each.value ? { value: cutText(each.value, length) } : {}),
      ...(each.message ? { message: cutText(each.message, length) } : {}),
    })),
  };
}

/**
 * Only the newest measurements of each metric: as many as the run's retention
 * rules say, and fewer still, with shorter texts, when the run would be too
 * large to store (fault 23).
 */
export function trimMeasurements(
  spec: AnalysisSpec,
  results: MetricResult[],
): MetricResult[] {
  const room = Math.max(LEAST_BYTES, MAX_BYTES - sizeOf(spec));
  let trimmed = results.map(result => keep(result, limitOf(spec, result.name)));
  while (sizeOf(trimmed) > room) {
    const longest = Math.max(
      ...trimmed.map(result => result.measurements?.length ?? 0),
    );
    if (longest <= 1) break;
    const limit = Math.ceil(longest / 2);
    trimmed = trimmed.map(result => keep(result, limit));
  }
  for (const length of CUTS) {
    if (sizeOf(trimmed) <= room) break;
    trimmed = trimmed.map(result => cutTexts(result, length));
  }
  return trimmed;
}
