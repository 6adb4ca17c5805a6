import { SampleStore } from '../metrics/sampleStore';
import { evaluate } from '../promql/evaluate';
import { durationMs } from '../promql/literals';
import { parseQuery } from '../promql/parse';
import { badQuery } from '../promql/promqlError';
import { signature, Value } from '../promql/value';
import { RangeResult, renderInstant, renderNumber } from './renderValue';

const MOST_POINTS = 11_000;

/** `GET /api/v1/query`: the `data` of the answer. */
export function queryInstant(
  store: SampleStore,
  parameters: URLSearchParams,
  now: number,
) {
  const time = timeOf(parameters, 'time') ?? now;
  const expression = parseQuery(required(parameters, 'query'));
  return renderInstant(evaluate(expression, { store, time }), time);
}

/** `GET /api/v1/query_range`: the `data` of the answer. */
export function queryRange(store: SampleStore, parameters: URLSearchParams) {
  const expression = parseQuery(required(parameters, 'query'));
  const start = timeOf(parameters, 'start');
  const end = timeOf(parameters, 'end');
  const step = stepOf(required(parameters, 'step'));
  if (start === undefined || end === undefined) {
    throw badQuery(
      'invalid parameter "start" or "end": cannot parse "" to a valid timestamp',
    );
  }
  if (end < start) {
    throw badQuery(
      'invalid parameter "end": end timestamp must not be before start time',
    );
  }
  if ((end - start) / step > MOST_POINTS) {
    throw badQuery(
      'exceeded maximum resolution of 11,000 points per timeseries. Try decreasing the query resolution (?step=XX)',
    );
  }
  const series = new Map<string, RangeResult>();
  for (let time = start; time <= end; time += step) {
    for (const { labels, value } of samplesOf(
      evaluate(expression, { store, time }),
    )) {
      const key = signature(labels);
      const known = series.get(key) ?? { metric: labels, values: [] };
      known.values.push([time / 1000, renderNumber(value)]);
      series.set(key, known);
    }
  }
  return { resultType: 'matrix', result: [...series.values()] };
}

function samplesOf(value: Value) {
  if (value.type === 'vector') return value.samples;
  if (value.type === 'scalar') return [{ labels: {}, value: value.value }];
  throw badQuery(
    `invalid parameter "query": invalid expression type "${value.type === 'matrix' ? 'range vector' : value.type}" for range query, must be Scalar or instant Vector`,
  );
}

function required(parameters: URLSearchParams, name: string): string {
  const value = parameters.get(name);
  if (value === null) throw badQuery(`invalid parameter "${name}": missing`);
  return value;
}

/** Seconds since the epoch or RFC 3339, as milliseconds. */
function timeOf(parameters: URLSearchParams, name: string): number | undefined {
  const text = parameters.get(name);
  if (text === null || text === '') return undefined;
  const seconds = Number(text);
  const time = Number.isNaN(seconds)
    ? Date.parse(text)
    : Math.round(seconds * 1000);
  if (Number.isFinite(time)) return time;
  throw badQuery(
    `invalid parameter "${name}": cannot parse "${text}" to a valid timestamp`,
  );
}

function stepOf(text: string): number {
  const step = durationMs(text);
  if (step > 0) return step;
  throw badQuery(
    'invalid parameter "step": zero or negative query resolution step widths are not accepted. Try a positive integer',
  );
}
