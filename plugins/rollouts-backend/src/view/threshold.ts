import type {
  Metric,
  MetricView,
  ThresholdView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

type JudgedMetric = Pick<
  Metric,
  'name' | 'successCondition' | 'failureCondition'
> &
  Partial<Pick<Metric, 'provider'>>;

type Operator = NonNullable<ThresholdView['operator']>;

const SIGNS: Record<Operator, string> = {
  '>=': '≥',
  '>': '>',
  '<=': '≤',
  '<': '<',
  '==': '=',
  '!=': '≠',
};
const OPPOSITE: Record<Operator, Operator> = {
  '>=': '<',
  '>': '<=',
  '<=': '>',
  '<': '>=',
  '==': '!=',
  '!=': '==',
};
const COMPARISON =
  /^\(?\s*(?:asFloat\(|default\()?\s*result(?:\[0\]|\.[\w.]+)?(?:\s*,\s*[-\d.]+)?\)?\s*(>=|<=|==|!=|>|<)\s*(-?\d+(?:\.\d+)?)\s*\)?$/;
/** What stands beside the comparison to catch a missing value. */
const GUARD =
  /^\(?\s*!?(?:isNaN|isInf|isNil)\(|^\(?\s*len\(result\)|^\(?\s*result\s*[!=]=\s*nil/;

/** What the conditions ask of a number, when they ask one thing of one number. */
export function thresholdOf(metric: JudgedMetric): ThresholdView | undefined {
  const { successCondition, failureCondition } = metric;
  const condition = successCondition ?? failureCondition;
  if (!condition) {
    return undefined;
  }
  const found = comparisonIn(condition);
  if (!found) {
    return {
      label: successCondition ? condition : `not ${condition}`,
    };
  }
  const operator = successCondition ? found.operator : OPPOSITE[found.operator];
  return {
    operator,
    value: found.value,
    label: `${SIGNS[operator]} ${printed(found.value, unitOf(metric))}`,
  };
}

/** How to print a metric's numbers, by its name and its threshold. */
export function unitOf(metric: JudgedMetric): MetricView['unit'] {
  if (/latency|duration|seconds|response-?time/i.test(metric.name)) {
    return isInSeconds(metric) ? 'seconds' : 'none';
  }
  const limit = comparisonIn(
    metric.successCondition ?? metric.failureCondition ?? '',
  );
  const small = limit === undefined || (limit.value >= 0 && limit.value <= 1);
  return small && /rate|ratio|share|percent|success/i.test(metric.name)
    ? 'ratio'
    : 'none';
}

/**
 * A duration's unit is only known from its name or its query: Prometheus' own
 * naming rule puts it there. A guess could be wrong by a factor of a thousand.
 */
function isInSeconds({ name, provider }: JudgedMetric): boolean {
  const text = `${name} ${JSON.stringify(provider ?? {})}`;
  return (
    /(?:^|[^a-z])seconds/i.test(text) &&
    !/milliseconds|microseconds|nanoseconds/i.test(text)
  );
}

export function printed(value: number, unit: MetricView['unit']): string {
  switch (unit) {
    case 'ratio':
      return `${Number((value * 100).toFixed(1))} %`;
    case 'seconds':
      return value < 1
        ? `${Number((value * 1000).toFixed(0))} ms`
        : `${Number(value.toFixed(2))} s`;
    default:
      return String(Number(value.toFixed(3)));
  }
}

function comparisonIn(
  condition: string,
): { operator: Operator; value: number } | undefined {
  const parts = condition.split(/\|\||&&/).map(part => part.trim());
  const compared = parts.filter(part => !GUARD.test(part));
  const match =
    compared.length === 1 ? COMPARISON.exec(compared[0] ?? '') : null;
  return match
    ? { operator: match[1] as Operator, value: Number(match[2]) }
    : undefined;
}
