import type {
  AnalysisRun,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  argumentValues,
  type ArgumentValues,
  substitute,
  UnresolvedArgumentError,
} from '../args/substitute';

/**
 * The run with its arguments filled in the names of its metrics, as status,
 * events and messages have them. A name with a secret's value stays as it is.
 */
export function withMetricNames(run: AnalysisRun): AnalysisRun {
  // What is written down of others may be incomplete.
  if (!run.spec?.metrics?.some(({ name }) => name?.includes('{{'))) return run;
  const values = argumentValues(run.spec.args);
  const metrics = run.spec.metrics.map(metric => named(metric, values));
  return { ...run, spec: { ...run.spec, metrics } };
}

function named(metric: Metric, values: ArgumentValues): Metric {
  try {
    return { ...metric, name: substitute(metric.name, values) };
  } catch (error) {
    if (error instanceof UnresolvedArgumentError) return metric;
    throw error;
  }
}
