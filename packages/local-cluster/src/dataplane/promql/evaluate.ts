import { SampleStore } from '../metrics/sampleStore';
import { aggregate } from './aggregate';
import { binary } from './binary';
import { Expression } from './expression';
import { FUNCTIONS } from './functions';
import { badQuery } from './promqlError';
import { instant, range } from './selectSeries';
import {
  RangeSeries,
  scalar,
  signature,
  Value,
  vector,
  withoutName,
} from './value';

/** Where a query is evaluated: on which samples, at what time. */
export interface Evaluation {
  store: SampleStore;
  /** Milliseconds since the epoch. */
  time: number;
}

/** Points of a subquery at most, as of a range query in Prometheus. */
const MOST_POINTS = 11_000;

/**
 * Evaluates an expression at one time.
 *
 * Implemented: selectors with offset, ranges, subqueries, arithmetic,
 * comparison, set operators, vector matching with on, ignoring, group_left
 * and group_right, the aggregations and functions of `aggregate` and
 * `FUNCTIONS`. Not implemented: the `@` modifier, native histograms,
 * staleness markers (series here never end), everything else.
 * @throws PromqlError
 */
export function evaluate(expression: Expression, at: Evaluation): Value {
  switch (expression.kind) {
    case 'number':
      return scalar(expression.value);
    case 'string':
      return { type: 'string', value: expression.value };
    case 'selector':
      return vector(instant(at.store, expression, at.time));
    case 'range': {
      const { selector, rangeMs } = expression;
      return { type: 'matrix', ...range(at.store, selector, rangeMs, at.time) };
    }
    case 'subquery':
      return subquery(expression, at);
    case 'negate':
      return negate(evaluate(expression.of, at));
    case 'call': {
      const implementation = FUNCTIONS.get(expression.name);
      if (!implementation) {
        throw badQuery(`not implemented here: function ${expression.name}`);
      }
      const args = expression.args.map(arg => evaluate(arg, at));
      return implementation(args, at.time);
    }
    case 'aggregate':
      return aggregate(
        expression,
        evaluate(expression.of, at),
        expression.parameter && evaluate(expression.parameter, at),
      );
    case 'binary':
      return binary(
        expression,
        evaluate(expression.left, at),
        evaluate(expression.right, at),
      );
    default:
      throw badQuery('not implemented here');
  }
}

function negate(value: Value): Value {
  if (value.type === 'scalar') return scalar(-value.value);
  if (value.type === 'vector') {
    return vector(
      value.samples.map(sample => ({
        labels: withoutName(sample.labels),
        value: -sample.value,
      })),
    );
  }
  throw badQuery(
    'parse error: unary expression only allowed on expressions of type scalar or instant vector',
  );
}

function subquery(
  { of, rangeMs, stepMs, offsetMs }: Extract<Expression, { kind: 'subquery' }>,
  at: Evaluation,
): Value {
  const end = at.time - offsetMs;
  const start = end - rangeMs;
  if (rangeMs / stepMs > MOST_POINTS) {
    throw badQuery(
      'exceeded maximum resolution of 11,000 points per timeseries',
    );
  }
  const series = new Map<string, RangeSeries>();
  // Steps are aligned to multiples of the step, not to the query's time.
  const first = (Math.floor(start / stepMs) + 1) * stepMs;
  for (let time = first; time <= end; time += stepMs) {
    const value = evaluate(of, { ...at, time });
    if (value.type !== 'vector') {
      throw badQuery('parse error: subquery is only allowed on instant vector');
    }
    for (const sample of value.samples) {
      const key = signature(sample.labels);
      const known = series.get(key) ?? {
        labels: sample.labels,
        times: [],
        values: [],
      };
      known.times.push(time);
      known.values.push(sample.value);
      series.set(key, known);
    }
  }
  return { type: 'matrix', series: [...series.values()], start, end };
}
