import type {
  AnalysisRun,
  AnalysisSpec,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { substitute, UnresolvedArgumentError } from '../args/substitute';
import { metricsProblem } from './metricProblem';
import { ruleMatches } from './metricRules';

/**
 * What is wrong with the run's specification, with the field; `undefined`
 * when nothing is. Worded as the reference (v1.9.1) words it.
 */
export function validateAnalysisRun(run: AnalysisRun): string | undefined {
  const problem =
    metricsProblem(run.spec ?? {}) ??
    unmatchedRule(run.spec, 'dryRun') ??
    unmatchedRule(run.spec, 'measurementRetention');
  if (problem) return `Analysis spec invalid: ${problem}`;
  const unresolved = unresolvedArgument(run);
  return unresolved && `Unable to resolve metric arguments: ${unresolved}`;
}

/** A rule that means no metric is a mistake in its expression. */
function unmatchedRule(
  spec: AnalysisSpec,
  field: 'dryRun' | 'measurementRetention',
): string | undefined {
  const at = (spec[field] ?? []).findIndex(
    rule =>
      !spec.metrics.some(({ name }) => ruleMatches(rule.metricName, name)),
  );
  return at < 0
    ? undefined
    : `${field}[${at}]: Rule didn't match any metric name(s)`;
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
