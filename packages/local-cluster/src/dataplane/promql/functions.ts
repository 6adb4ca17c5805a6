import { extreme, mean, variance } from './aggregate';
import { badQuery } from './promqlError';
import { Bucket, bucketQuantile, valueQuantile } from './quantile';
import { extrapolated, lastDifference } from './rate';
import { regularExpression } from './selectSeries';
import {
  except,
  RangeSeries,
  RangeValue,
  Sample,
  scalar,
  signature,
  Value,
  vector,
  withoutName,
} from './value';

/** A function of PromQL: its arguments, evaluated, and the time in milliseconds. */
export type PromqlFunction = (args: Value[], time: number) => Value;

function argument<T extends Value['type']>(
  args: Value[],
  index: number,
  type: T,
): Extract<Value, { type: T }> {
  const value = args[index];
  if (value?.type === type) return value as Extract<Value, { type: T }>;
  const names = { vector: 'instant vector', matrix: 'range vector' };
  const name = (names as Record<string, string>)[type] ?? type;
  throw badQuery(
    value
      ? `parse error: expected type ${name} in argument ${index + 1}, got ${value.type}`
      : `parse error: expected at least ${index + 1} argument(s)`,
  );
}

const mapped =
  (
    compute: (value: number, ...parameters: number[]) => number,
  ): PromqlFunction =>
  args => {
    const parameters = args
      .slice(1)
      .map((_, index) => argument(args, index + 1, 'scalar').value);
    return vector(
      argument(args, 0, 'vector').samples.map(sample => ({
        labels: withoutName(sample.labels),
        value: compute(sample.value, ...parameters),
      })),
    );
  };

/** Of a range: one value per series, or none. */
const ranged =
  (
    compute: (series: RangeSeries, range: RangeValue) => number | undefined,
    index = 0,
  ): PromqlFunction =>
  args => {
    const range = argument(args, index, 'matrix');
    return vector(
      range.series.flatMap(series => {
        const value = compute(series, range);
        const labels = withoutName(series.labels);
        return value === undefined ? [] : [{ labels, value }];
      }),
    );
  };

const overTime = (compute: (values: number[]) => number) =>
  ranged(({ values }) => compute(values));

const round: PromqlFunction = args => {
  const nearest = args.length > 1 ? argument(args, 1, 'scalar').value : 1;
  return mapped(value => Math.floor(value / nearest + 0.5) * nearest)(
    args.slice(0, 1),
    0,
  );
};

const countSteps = (counts: (before: number, after: number) => boolean) =>
  overTime(
    values =>
      values.slice(1).filter((value, n) => counts(values[n]!, value)).length,
  );

const histogramQuantile: PromqlFunction = args => {
  const quantile = argument(args, 0, 'scalar').value;
  const groups = new Map<string, { sample: Sample; buckets: Bucket[] }>();
  for (const sample of argument(args, 1, 'vector').samples) {
    const le = sample.labels.le ?? '';
    const upperBound = le === '+Inf' ? Infinity : Number(le || NaN);
    if (Number.isNaN(upperBound)) continue;
    const labels = except(sample.labels, ['le']);
    const key = signature(labels);
    const group = groups.get(key) ?? {
      sample: { labels, value: NaN },
      buckets: [],
    };
    group.buckets.push({ upperBound, count: sample.value });
    groups.set(key, group);
  }
  return vector(
    [...groups.values()].map(({ sample, buckets }) => ({
      ...sample,
      value: bucketQuantile(quantile, buckets),
    })),
  );
};

const labelReplace: PromqlFunction = args => {
  const [target, replacement, source, pattern] = [1, 2, 3, 4].map(
    index => argument(args, index, 'string').value,
  ) as [string, string, string, string];
  const expression = regularExpression(pattern);
  return vector(
    argument(args, 0, 'vector').samples.map(sample => {
      const match = expression.exec(sample.labels[source] ?? '');
      if (!match) return sample;
      const text = replacement.replace(
        /\$(\d+|\{(\w+)\})/g,
        (_, plain: string, braced?: string) => {
          const name = braced ?? plain;
          return match[Number(name)] ?? match.groups?.[name] ?? '';
        },
      );
      const { [target]: _, ...rest } = sample.labels;
      return {
        ...sample,
        labels: text === '' ? rest : { ...rest, [target]: text },
      };
    }),
  );
};

const sorted =
  (sign: number): PromqlFunction =>
  args =>
    vector(
      [...argument(args, 0, 'vector').samples].sort(
        (a, b) => sign * (a.value - b.value),
      ),
    );

/** What is implemented, by name. `absent` answers without labels. */
export const FUNCTIONS: ReadonlyMap<string, PromqlFunction> = new Map<
  string,
  PromqlFunction
>([
  [
    'rate',
    ranged((series, { start, end }) => {
      const increase = extrapolated(series, start, end, true);
      return increase === undefined
        ? undefined
        : (increase * 1000) / (end - start);
    }),
  ],
  [
    'increase',
    ranged((series, { start, end }) => extrapolated(series, start, end, true)),
  ],
  [
    'delta',
    ranged((series, { start, end }) => extrapolated(series, start, end, false)),
  ],
  [
    'irate',
    ranged(series => {
      const last = lastDifference(series, true);
      return last && (last.difference * 1000) / last.elapsedMs;
    }),
  ],
  ['idelta', ranged(series => lastDifference(series, false)?.difference)],
  ['resets', countSteps((before, after) => after < before)],
  ['changes', countSteps((before, after) => after !== before)],
  ['avg_over_time', overTime(mean)],
  ['sum_over_time', overTime(values => values.reduce((a, b) => a + b, 0))],
  ['min_over_time', overTime(values => extreme(values, (a, b) => a < b))],
  ['max_over_time', overTime(values => extreme(values, (a, b) => a > b))],
  ['count_over_time', overTime(values => values.length)],
  [
    'last_over_time',
    // The only one that keeps the metric's name.
    args =>
      vector(
        argument(args, 0, 'matrix').series.map(({ labels, values }) => ({
          labels,
          value: values.at(-1)!,
        })),
      ),
  ],
  ['present_over_time', overTime(() => 1)],
  ['stddev_over_time', overTime(values => Math.sqrt(variance(values)))],
  [
    'quantile_over_time',
    args =>
      ranged(
        ({ values }) =>
          valueQuantile(argument(args, 0, 'scalar').value, values),
        1,
      )(args, 0),
  ],
  ['histogram_quantile', histogramQuantile],
  ['abs', mapped(Math.abs)],
  ['ceil', mapped(Math.ceil)],
  ['floor', mapped(Math.floor)],
  ['exp', mapped(Math.exp)],
  ['ln', mapped(Math.log)],
  ['log2', mapped(Math.log2)],
  ['log10', mapped(Math.log10)],
  ['sqrt', mapped(Math.sqrt)],
  ['sgn', mapped(Math.sign)],
  ['round', round],
  [
    'clamp',
    mapped((value, low = NaN, high = NaN) =>
      Math.max(low, Math.min(high, value)),
    ),
  ],
  ['clamp_min', mapped((value, low = NaN) => Math.max(low, value))],
  ['clamp_max', mapped((value, high = NaN) => Math.min(high, value))],
  ['sort', sorted(1)],
  ['sort_desc', sorted(-1)],
  ['label_replace', labelReplace],
  ['time', (_, time) => scalar(time / 1000)],
  [
    'vector',
    args => vector([{ labels: {}, value: argument(args, 0, 'scalar').value }]),
  ],
  [
    'scalar',
    args => {
      const { samples } = argument(args, 0, 'vector');
      return scalar(samples.length === 1 ? samples[0]!.value : NaN);
    },
  ],
  [
    'absent',
    args =>
      vector(
        argument(args, 0, 'vector').samples.length > 0
          ? []
          : [{ labels: {}, value: 1 }],
      ),
  ],
]);
