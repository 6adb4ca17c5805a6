import { Labels, Value } from '../promql/value';

/** A number as Prometheus writes it. */
export function renderNumber(value: number): string {
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  return String(value);
}

/** `data` of an answer to an instant query. `time` in milliseconds. */
export function renderInstant(value: Value, time: number) {
  const at = time / 1000;
  switch (value.type) {
    case 'scalar':
      return { resultType: 'scalar', result: [at, renderNumber(value.value)] };
    case 'string':
      return { resultType: 'string', result: [at, value.value] };
    case 'vector':
      return {
        resultType: 'vector',
        result: value.samples.map(sample => ({
          metric: sample.labels,
          value: [at, renderNumber(sample.value)],
        })),
      };
    default:
      return {
        resultType: 'matrix',
        result: value.series.map(series => ({
          metric: series.labels,
          values: series.times.map((moment, n) => [
            moment / 1000,
            renderNumber(series.values[n]!),
          ]),
        })),
      };
  }
}

export interface RangeResult {
  metric: Labels;
  values: [number, string][];
}
