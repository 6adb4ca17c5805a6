import type {
  AnalysisSpec,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { UnresolvedArgumentError } from '../args/substitute';
import {
  MetricRuleError,
  readMetricRules,
  type MetricRules,
} from './metricRules';

/** How many providers a metric names; each plugin is one of its own. */
function countProviders(metric: Metric): number {
  return Object.entries(metric.provider ?? {})
    .filter(([, stanza]) => (stanza ?? undefined) !== undefined)
    .reduce(
      (sum, [name, stanza]) =>
        sum +
        (name === 'plugin' && typeof stanza === 'object' && stanza !== null
          ? Object.keys(stanza).length
          : 1),
      0,
    );
}

function limitProblem(rules: MetricRules): string | undefined {
  const { failureLimit, consecutiveSuccessLimit } = rules;
  if (consecutiveSuccessLimit < 0) {
    return 'consecutiveSuccessLimit must be >= 0';
  }
  if (failureLimit < -1) {
    return 'failureLimit must be >= 0, or -1 to be disabled';
  }
  if (consecutiveSuccessLimit === 0 && failureLimit === -1) {
    return 'failureLimit and consecutiveSuccessLimit cannot both be disabled';
  }
  if (rules.inconclusiveLimit < 0) return 'inconclusiveLimit must be >= 0';
  if (rules.consecutiveErrorLimit < 0) {
    return 'consecutiveErrorLimit must be >= 0';
  }
  return undefined;
}

/** A count below what the limits ask for could never be conclusive. */
function countProblem(
  rules: MetricRules,
  isCounted: boolean,
): string | undefined {
  const { count = 0, failureLimit, consecutiveSuccessLimit } = rules;
  if (count < 0) return 'count must be >= 0';
  if (!isCounted || count === 0) return undefined;
  if (failureLimit >= 0 && count < failureLimit + consecutiveSuccessLimit) {
    return `count (${count}) must be >= failureLimit + consecutiveSuccessLimit (${failureLimit} + ${consecutiveSuccessLimit}) if both >= 0`;
  }
  if (failureLimit < 0 && count < consecutiveSuccessLimit) {
    return 'count must be >= consecutiveSuccessLimit';
  }
  if (count < rules.inconclusiveLimit) {
    return 'count must be >= inconclusiveLimit';
  }
  return count > 1 && rules.interval === undefined
    ? 'interval must be specified when count > 1'
    : undefined;
}

/**
 * What is wrong with one metric; `undefined` when nothing is. Source: Argo
 * Rollouts v1.9.1, whose words these are.
 */
export function metricProblem(
  metric: Metric,
  spec: Pick<AnalysisSpec, 'args'>,
): string | undefined {
  try {
    const rules = readMetricRules(metric, spec);
    const isCounted = Boolean(metric.count);
    const problem = limitProblem(rules) ?? countProblem(rules, isCounted);
    if (problem) return problem;
  } catch (error) {
    if (error instanceof MetricRuleError) return error.message;
    if (!(error instanceof UnresolvedArgumentError)) throw error;
    const { argument } = error;
    const isSecret = spec.args?.some(
      ({ name, valueFrom }) => name === argument && valueFrom?.secretKeyRef,
    );
    if (isSecret) {
      return `argument "${argument}" comes from a secret, which cannot say how often to measure or what to tolerate: give it a value`;
    }
    // Found again, and worded, with the other arguments.
  }
  const providers = countProviders(metric);
  if (providers === 1) return undefined;
  return `${providers ? 'multiple providers' : 'no provider'} specified`;
}

/** The same for all metrics of a specification, with the field's path. */
export function metricsProblem(
  spec: Pick<AnalysisSpec, 'metrics' | 'args'>,
): string | undefined {
  const { metrics } = spec;
  if (!Array.isArray(metrics) || !metrics.length) return 'no metrics specified';
  const names = new Set<string>();
  for (const [i, metric] of metrics.entries()) {
    const at = `metrics[${i}]`;
    if (!metric?.name) return `${at}: name is required`;
    if (names.has(metric.name)) return `${at}: duplicate name '${metric.name}'`;
    names.add(metric.name);
    const problem = metricProblem(metric, spec);
    if (problem) return `${at}: ${problem}`;
  }
  return undefined;
}
