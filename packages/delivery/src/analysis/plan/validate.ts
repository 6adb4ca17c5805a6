import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { UnresolvedArgumentError } from '../args/substitute';
import { MetricRuleError, readMetricRules } from './metricRules';

/** What is wrong with the run's specification, with the field; `undefined` when nothing is. */
export function validateAnalysisRun(run: AnalysisRun): string | undefined {
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
        return `${at}: use either failureLimit >= 0 or consecutiveSuccessLimit > 0`;
      }
    } catch (error) {
      if (
        error instanceof MetricRuleError ||
        error instanceof UnresolvedArgumentError
      ) {
        return `${at}: ${error.message}`;
      }
      throw error;
    }
  }
  return undefined;
}
