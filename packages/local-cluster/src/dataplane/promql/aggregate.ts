import { Aggregate } from './expression';
import { badQuery } from './promqlError';
import { valueQuantile } from './quantile';
import {
  except,
  Labels,
  only,
  Sample,
  signature,
  Value,
  vector,
} from './value';

const REDUCE: Record<string, (values: number[], parameter: number) => number> =
  {
    sum: values => values.reduce((sum, value) => sum + value, 0),
    avg: values => mean(values),
    min: values => extreme(values, (a, b) => a < b),
    max: values => extreme(values, (a, b) => a > b),
    count: values => values.length,
    group: () => 1,
    stddev: values => Math.sqrt(variance(values)),
    stdvar: values => variance(values),
    quantile: (values, parameter) => valueQuantile(parameter, values),
  };

/** An aggregation of a vector, by or without labels. */
export function aggregate(
  { operator, grouping, without }: Aggregate,
  of: Value,
  parameterValue: Value | undefined,
): Value {
  if (of.type !== 'vector') {
    throw badQuery(
      `parse error: expected type instant vector in aggregation expression, got ${of.type}`,
    );
  }
  const parameter = parameterOf(operator, parameterValue);
  const groups = new Map<string, { labels: Labels; samples: Sample[] }>();
  for (const sample of of.samples) {
    const labels = without
      ? except(sample.labels, grouping)
      : only(sample.labels, grouping);
    const key = signature(labels);
    const group = groups.get(key) ?? { labels, samples: [] };
    group.samples.push(sample);
    groups.set(key, group);
  }
  if (operator === 'topk' || operator === 'bottomk') {
    const sign = operator === 'topk' ? -1 : 1;
    return vector(
      [...groups.values()].flatMap(({ samples }) =>
        [...samples]
          .sort((a, b) => sign * (a.value - b.value))
          .slice(0, Math.max(0, Math.trunc(parameter))),
      ),
    );
  }
  const reduce = REDUCE[operator];
  if (!reduce) throw badQuery(`not implemented here: aggregation ${operator}`);
  return vector(
    [...groups.values()].map(({ labels, samples }) => ({
      labels,
      value: reduce(
        samples.map(sample => sample.value),
        parameter,
      ),
    })),
  );
}

function parameterOf(operator: string, value: Value | undefined): number {
  const needed = ['topk', 'bottomk', 'quantile'].includes(operator);
  if (needed !== (value !== undefined)) {
    throw badQuery(
      `parse error: wrong number of arguments for aggregate expression provided, expected ${needed ? 2 : 1}, got ${needed ? 1 : 2}`,
    );
  }
  if (!value) return NaN;
  if (value.type !== 'scalar') {
    throw badQuery(
      `parse error: expected type scalar in aggregation parameter, got ${value.type}`,
    );
  }
  return value.value;
}

export function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function variance(values: number[]): number {
  const middle = mean(values);
  return mean(values.map(value => (value - middle) ** 2));
}

/** The least or greatest value; NaN only when there is nothing else. */
export function extreme(
  values: number[],
  better: (a: number, b: number) => boolean,
): number {
  return values.reduce((best, value) =>
    better(value, best) || Number.isNaN(best) ? value : best,
  );
}
