import { RE2JS } from 're2js';
import type {
  AnalysisSpec,
  IntOrString,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { argumentValues, substitute } from '../args/substitute';
import { parseGoDuration } from '../goDuration';

/** How often a metric is measured, and what it may get wrong. */
export interface MetricRules {
  /** Measurements until it is complete; `undefined`: until it is stopped. */
  count: number | undefined;
  /** Milliseconds between measurements; `undefined` when not given. */
  interval: number | undefined;
  /** Milliseconds from the start of the run to the first measurement. */
  initialDelay: number;
  /** Negative: failures do not matter. */
  failureLimit: number;
  inconclusiveLimit: number;
  consecutiveErrorLimit: number;
  /** 0: successes in a row do not matter. */
  consecutiveSuccessLimit: number;
}

/** A metric's rules cannot be read. */
export class MetricRuleError extends Error {
  readonly name = 'MetricRuleError';
}

function integer(
  field: string,
  value: IntOrString | undefined,
  absent: number,
): number {
  if (value === undefined || value === null || value === '') return absent;
  const number = Number(value);
  if (Number.isInteger(number)) return number;
  throw new MetricRuleError(`invalid ${field} "${value}": not an integer`);
}

function duration(field: string, value: string | undefined) {
  if (!value) return undefined;
  const milliseconds = parseGoDuration(value);
  if (milliseconds === undefined || milliseconds < 0) {
    throw new MetricRuleError(
      `invalid ${field} string: "${value}" is no duration (use e.g. 30s, 5m, 1h30m)`,
    );
  }
  return milliseconds;
}

/**
 * The rules of one metric with its arguments filled in. Without `count`, or
 * with 0, it is measured until it is stopped, and without an `interval` once.
 * Defaults: no failure, no inconclusive measurement and four errors in a row
 * are tolerated.
 *
 * @throws MetricRuleError that names the field.
 */
export function readMetricRules(
  metric: Metric,
  spec: Pick<AnalysisSpec, 'args'>,
): MetricRules {
  const values = argumentValues(spec.args);
  const fill = <T extends IntOrString>(value: T | undefined) =>
    typeof value === 'string' ? substitute(value, values) : value;
  const interval = duration('interval', fill(metric.interval));
  const count = integer('count', fill(metric.count), 0);
  const unlimited = interval ? undefined : 1;
  return {
    count: count === 0 ? unlimited : count,
    interval,
    initialDelay: duration('initialDelay', fill(metric.initialDelay)) ?? 0,
    failureLimit: integer('failureLimit', fill(metric.failureLimit), 0),
    inconclusiveLimit: integer(
      'inconclusiveLimit',
      fill(metric.inconclusiveLimit),
      0,
    ),
    consecutiveErrorLimit: integer(
      'consecutiveErrorLimit',
      fill(metric.consecutiveErrorLimit),
      4,
    ),
    consecutiveSuccessLimit: integer(
      'consecutiveSuccessLimit',
      fill(metric.consecutiveSuccessLimit),
      0,
    ),
  };
}

/** Whether a dryRun or retention rule, a regular expression, means the metric. */
export function ruleMatches(rule: string, metricName: string): boolean {
  try {
    return RE2JS.compile(rule).matcher(metricName).find();
  } catch {
    // An invalid expression matches nothing; validation reports it.
    return false;
  }
}

/** Whether the metric's outcome is to be ignored. */
export function isDryRun(spec: AnalysisSpec, metricName: string): boolean {
  return (spec.dryRun ?? []).some(rule =>
    ruleMatches(rule.metricName, metricName),
  );
}
