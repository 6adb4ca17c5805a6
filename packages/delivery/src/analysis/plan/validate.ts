import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { substitute, UnresolvedArgumentError } from '../args/substitute';
import { MetricRuleError, readMetricRules } from './metricRules';

/**
 * What is wrong with the run's specification, with the field; `undefined`
 * when nothing is. Worded as the reference (v1.9.1) words it.
 */
export function validateAnalysisRun(run: AnalysisRun): string | undefined {
  const problem = metricProblem(run);
  if (problem) return `Analysis spec invalid: ${problem}`;
  const unresolved = unresolvedArgument(run);
  return unresolved && `Unable to resolve metric arguments: ${unresolved}`;
}

function unresolvedArgument(run: AnalysisRun): string | undefined {
  const values = new Map<string, string>();
  for (const { name, value, valueFrom } of run.spec.args ?? []) {
    if ((value ?? undefined) === undefined && !valueFrom?.secretKeyRef) {
      return `argument "${name}" was not supplied`;
    }
    values.set(name, '');
  }
  try {
    substitute(JSON.stringify(run.spec.metrics), values);
    return undefined;
  } catch (error) {
    if (error instanceof UnresolvedArgumentError) return error.message;
    throw error;
  }
}

function metricProblem(run: AnalysisRun): string | undefined {
  const metrics = run.spec?.metrics;
  if (!Array.isArray(metrics) || !metrics.length) {
    return 'no metrics specified';
  }
  const names = new Set<string>();
  for (const [i, metric] of metrics.entries()) {
    const at = `metrics[${i}]`;
    if (!metric?.name) return `${at}: name is required`;
    if (names.has(metric.name)) {
      return `${at}: duplicate name '${metric.name}'`;
    }
    names.add(metric.name);
    const providers = Object.keys(metric.provider ?? {});
    if (providers.length !== 1) {
      return `${at}: ${providers.length ? 'multiple providers' : 'no provider'} specified`;
    }
    try {
      const rules = readMetricRules(metric, run.spec);
      if (rules.count !== undefined && rules.count < 0) {
        return `${at}: count must be >= 0`;
      }
      if ((rules.count ?? 0) > 1 && !rules.interval) {
        return `${at}: interval must be specified when count > 1`;
      }
      if (rules.failureLimit < 0 && rules.consecutiveSuccessLimit <= 0) {
        return `${at}: failureLimit and consecutiveSuccessLimit cannot both be disabled`;
      }
      const needed = rules.failureLimit + rules.consecutiveSuccessLimit;
      if (
        metric.count &&
        rules.count !== undefined &&
        rules.failureLimit >= 0 &&
        rules.consecutiveSuccessLimit > 0 &&
        rules.count < needed
      ) {
        return `${at}: count (${rules.count}) must be >= failureLimit + consecutiveSuccessLimit (${rules.failureLimit} + ${rules.consecutiveSuccessLimit}) if both >= 0`;
      }
    } catch (error) {
      if (error instanceof MetricRuleError) return `${at}: ${error.message}`;
      // Found again, and worded, with the other arguments.
      if (!(error instanceof UnresolvedArgumentError)) throw error;
    }
  }
  return undefined;
}
