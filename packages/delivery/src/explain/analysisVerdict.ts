import type {
  AnalysisRun,
  Metric,
  MetricResult,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { withMetricNames } from '../analysis/plan/namedMetrics';
import { counted } from './words';

const COMPARISON =
  /^\s*(?:asFloat\()?result(?:\[0\])?\)?\s*(>=|<=|>|<|==)\s*(-?[\d.]+)\s*$/;

const WORDS: Record<string, string> = {
  '>=': 'at least',
  '>': 'more than',
  '<=': 'at most',
  '<': 'less than',
  '==': 'exactly',
};

function isShare(limit: number, metric: Metric): boolean {
  return limit > 0 && limit <= 1 && /rate|ratio|share/i.test(metric.name);
}

function numberText(value: number, asShare: boolean): string {
  return asShare
    ? `${Number((value * 100).toFixed(1))} %`
    : String(Number(value.toFixed(3)));
}

function requirement(metric: Metric, value: number | undefined) {
  const success = COMPARISON.exec(metric.successCondition ?? '');
  const failure = COMPARISON.exec(metric.failureCondition ?? '');
  const match = success ?? failure;
  const limit = Number(match?.[2]);
  if (!match || Number.isNaN(limit)) {
    const condition = metric.successCondition ?? metric.failureCondition;
    return condition
      ? `was ${value ?? 'not a number'}, the condition is ${condition}`
      : `was ${value ?? 'not a number'}`;
  }
  const asShare = isShare(limit, metric);
  const must = success ? 'must be' : 'must not be';
  const was = value === undefined ? 'not a number' : numberText(value, asShare);
  return `was ${was} and ${must} ${WORDS[match[1] ?? '']} ${numberText(limit, asShare)}`;
}

function lastValue(result: MetricResult): number | undefined {
  const bad = (result.measurements ?? []).filter(
    each => each.phase !== 'Successful',
  );
  const text = (bad.at(-1) ?? result.measurements?.at(-1))?.value;
  const parsed = Number(text?.replace(/^\[|\]$/g, '') || Number.NaN);
  return Number.isFinite(parsed) ? parsed : undefined;
}

/**
 * Why an analysis run ended as it did: metric, value, threshold, in words
 * ("success rate was 71 % and must be at least 95 %; 3 of 3 measurements
 * failed"). `undefined` when it has not ended badly.
 */
export function analysisVerdict(run: AnalysisRun): string | undefined {
  const result = run.status?.metricResults?.find(
    each =>
      !each.dryRun && ['Failed', 'Error', 'Inconclusive'].includes(each.phase),
  );
  if (!result) {
    return run.status?.phase === 'Error' || run.status?.phase === 'Failed'
      ? run.status.message
      : undefined;
  }
  const metric = withMetricNames(run).spec.metrics.find(
    each => each.name === result.name,
  );
  const name = result.name.replace(/[-_]/g, ' ');
  if (result.phase === 'Error') {
    const text = result.message ?? result.measurements?.at(-1)?.message;
    return `${name} could not be measured${text ? `: ${text}` : ''}`;
  }
  const measured = result.count ?? result.measurements?.length ?? 0;
  const bad =
    result.phase === 'Failed'
      ? (result.failed ?? 0)
      : (result.inconclusive ?? 0);
  const outcome = result.phase === 'Failed' ? 'failed' : 'were inconclusive';
  const what = metric ? requirement(metric, lastValue(result)) : result.phase;
  return `${name} ${what}; ${bad} of ${counted(measured, 'measurement')} ${outcome}`;
}
