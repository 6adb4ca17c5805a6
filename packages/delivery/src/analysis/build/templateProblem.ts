import type {
  AnalysisArgument,
  AnalysisSpec,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { argumentValues, placeholdersIn, substitute } from '../args/substitute';
import { ExpressionError } from '../expr/limits';
import { parseExpression } from '../expr/parser';
import { metricsProblem } from '../plan/metricProblem';
import { readMetricRules } from '../plan/metricRules';

/** The fields that say how often to measure and what to tolerate. */
const RULES = [
  'count',
  'interval',
  'initialDelay',
  'failureLimit',
  'inconclusiveLimit',
  'consecutiveErrorLimit',
  'consecutiveSuccessLimit',
] as const;

/** The metric without those rules whose argument is only known later. */
function withoutUnknown(metric: Metric, unknown: string[]): Metric {
  const known = { ...metric };
  for (const rule of RULES) {
    const names = placeholdersIn(String(metric[rule] ?? ''));
    if (names.some(name => unknown.includes(name))) delete known[rule];
  }
  return known;
}

function conditionProblem(
  { successCondition, failureCondition }: Metric,
  args: AnalysisArgument[],
): string | undefined {
  // What is not known yet is some text: only the syntax is looked at.
  const values = new Map([
    ...args.map(({ name }) => [name, '0'] as const),
    ...argumentValues(args),
  ]);
  for (const [field, source] of Object.entries({
    successCondition,
    failureCondition,
  })) {
    if (!source) continue;
    try {
      parseExpression(substitute(source, values));
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return `${field} cannot be read: ${error.message}`;
    }
  }
  return undefined;
}

/**
 * What would keep the metrics of a specification from ever being measured as
 * they are meant: rules, conditions, providers. `undefined` when nothing does.
 *
 * @param spec - as it was built for a rollout
 * @param unknown - arguments whose value is only known when the run is created
 */
export function templateProblem(
  spec: AnalysisSpec,
  unknown: string[],
): string | undefined {
  const secret = (spec.args ?? [])
    .filter(({ valueFrom }) => valueFrom)
    .map(({ name }) => name);
  const later = unknown.filter(name => !secret.includes(name));
  const metrics = spec.metrics.map(metric => withoutUnknown(metric, later));
  const problem = metricsProblem({ ...spec, metrics });
  if (problem) return problem;
  for (const [i, metric] of spec.metrics.entries()) {
    const wrong = conditionProblem(metric, spec.args ?? []);
    if (wrong) return `metrics[${i}]: ${wrong}`;
  }
  return undefined;
}

/**
 * The first metric that is measured until somebody stops it; a step that waits
 * for it would never end. One whose count is only known later is given credit.
 */
export function endlessMetric(
  spec: AnalysisSpec,
  unknown: string[],
): Metric | undefined {
  return spec.metrics.find(metric => {
    const names = placeholdersIn(String(metric.count ?? ''));
    if (names.some(name => unknown.includes(name))) return false;
    const known = withoutUnknown(metric, unknown);
    return readMetricRules(known, spec).count === undefined;
  });
}
