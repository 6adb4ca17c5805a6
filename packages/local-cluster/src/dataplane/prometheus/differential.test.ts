import { SampleStore } from '../metrics/sampleStore';
import { PromqlError } from '../promql/promqlError';
import { queryInstant, queryRange } from './query';
import {
  prometheusMissing,
  RealPrometheus,
  startRealPrometheus,
} from './testing/realPrometheus';

/** Queries whose answers must be the same on the same samples. */
const QUERIES = [
  // What analysis templates ask.
  'sum(rate(istio_requests_total{destination_service_name="colors-canary",response_code!~"5.*"}[20s])) / sum(rate(istio_requests_total{destination_service_name="colors-canary"}[20s]))',
  'sum(irate(istio_requests_total{reporter="source",destination_service=~"colors-.*",response_code!~"5.*"}[1m])) by (destination_service_name)',
  'histogram_quantile(0.95, sum(rate(latency_bucket[1m])) by (le))',
  'histogram_quantile(0.5, sum by (le, service) (rate(latency_bucket[45s])))',
  'histogram_quantile(0.99, latency_bucket)',
  'histogram_quantile(2, latency_bucket)',
  'sum(rate(nothing_at_all[1m])) or vector(0)',
  'sum(rate(nothing_at_all[1m])) / sum(rate(istio_requests_total[1m]))',
  'scalar(sum(rate(istio_requests_total{response_code="404"}[1m])))',
  // Selectors.
  'istio_requests_total',
  'istio_requests_total{destination_service_name=~"colors"}',
  'istio_requests_total{destination_service_name=~"colors-(stable|canary)",response_code!="200"}',
  'istio_requests_total{absent=""}',
  'istio_requests_total{absent!=""}',
  '{__name__=~"latency_(sum|count)"}',
  "istio_requests_total{response_code='200'} offset 1m",
  'temperature offset -30s',
  // Ranges, with resets of counters and series that begin late.
  'rate(istio_requests_total[20s])',
  'rate(istio_requests_total[1m] offset 30s)',
  'increase(istio_requests_total[5m])',
  'increase(istio_requests_total[7s])',
  'irate(istio_requests_total[30s])',
  'delta(temperature[1m])',
  'idelta(temperature[1m])',
  'resets(istio_requests_total[10m])',
  'changes(temperature[1m])',
  'avg_over_time(temperature[1m])',
  'min_over_time(temperature[1m]) + max_over_time(temperature[1m])',
  'sum_over_time(temperature[30s]) / count_over_time(temperature[30s])',
  'stddev_over_time(temperature[1m])',
  'quantile_over_time(0.9, temperature[1m])',
  'last_over_time(temperature[1m])',
  'max_over_time(sum(rate(istio_requests_total[20s]))[2m:10s])',
  // Samples far apart, and a series that ended: how far a rate reaches.
  'rate(sparse_total[2m])',
  'increase(sparse_total[1m])',
  'increase(ended_total[2m])',
  'delta(ended_total[2m])',
  'irate(ended_total[2m])',
  // Aggregation.
  'sum(istio_requests_total)',
  'avg by (destination_service_name) (istio_requests_total)',
  'count without (response_code) (istio_requests_total)',
  'max(istio_requests_total) - min(istio_requests_total)',
  'stddev(istio_requests_total)',
  'quantile(0.5, istio_requests_total)',
  'group by (response_code) (istio_requests_total)',
  'topk(2, istio_requests_total)',
  'bottomk(1, istio_requests_total)',
  // Arithmetic, comparison and matching.
  '1 + 2 * 3 ^ 2 % 5 - -4',
  '2 ^ 3 ^ 2',
  '-temperature',
  '1 / 0',
  '0 / 0',
  'temperature * 2 + 1',
  'temperature > 20',
  '20 < bool temperature',
  'temperature == temperature',
  'latency_sum / latency_count',
  'istio_requests_total{response_code="500"} / ignoring(response_code) istio_requests_total{response_code="200"}',
  'istio_requests_total / on(destination_service_name) group_left() sum by (destination_service_name) (istio_requests_total)',
  'sum by (destination_service_name) (istio_requests_total) > bool 1000',
  'istio_requests_total and on(destination_service_name) istio_requests_total{response_code="500"}',
  'istio_requests_total unless istio_requests_total{response_code="500"}',
  'istio_requests_total{response_code="500"} or istio_requests_total{response_code="200"}',
  // Functions.
  'abs(-temperature)',
  'round(temperature, 0.5)',
  'clamp(temperature, 19, 21)',
  'clamp_min(temperature, 20) + clamp_max(temperature, 20)',
  'ceil(temperature) - floor(temperature)',
  'sqrt(ln(exp(temperature)))',
  'sort_desc(istio_requests_total)',
  'label_replace(temperature, "short", "$1", "room", "(.).*")',
  'vector(time())',
  'scalar(temperature{room="hall"}) > bool 3',
  'absent(nothing_at_all)',
  '"a string"',
  '42',
  'temperature[10s]',
];

/** Queries that Prometheus refuses, with its status and type of error. */
const REFUSED = [
  'sum(rate(istio_requests_total[20s])',
  'sum(rate(istio_requests_total))',
  'rate(istio_requests_total)',
  'istio_requests_total{response_code=~"("}',
  '{}',
  'temperature + "text"',
  '1 > 2',
  'temperature[5m] + 1',
  'istio_requests_total / on(destination_service_name) istio_requests_total',
  'no_such_function(temperature)',
  'sum by (a) temperature',
  '',
];

const missing = prometheusMissing();
const describeIfInstalled = missing ? describe.skip : describe;

describeIfInstalled(
  `beside a real Prometheus${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    // Whole seconds in the recent past; samples lie 300 ms after them.
    const end = Math.floor(Date.now() / 1000) * 1000 - 3_600_000;
    const store = new SampleStore(3_600_000);
    let real: RealPrometheus;

    beforeAll(async () => {
      real = await startRealPrometheus({ samples: fill(store, end) });
    }, 60_000);
    afterAll(() => real?.stop());

    const ask = async (path: string, parameters: Record<string, string>) => {
      const query = new URLSearchParams(parameters).toString();
      const response = await fetch(`${real.url}/api/v1/${path}?${query}`);
      const body = (await response.json()) as any;
      return { code: response.status, ...body };
    };

    it.each(QUERIES)('%s', async query => {
      for (const time of [end, end - 61_000, end - 500_000]) {
        const parameters = { query, time: String(time / 1000) };
        const theirs = await ask('query', parameters);
        expect(theirs.status).toBe('success');
        const ours = queryInstant(store, new URLSearchParams(parameters), 0);
        expectSame(ours, theirs.data);
      }
    });

    it.each(QUERIES.filter(query => !/^"|\[10s\]$/.test(query)))(
      'over a range: %s',
      async query => {
        const parameters = {
          query,
          start: String((end - 120_000) / 1000),
          end: String(end / 1000),
          step: '15s',
        };
        const theirs = await ask('query_range', parameters);
        expect(theirs.status).toBe('success');
        expectSame(
          queryRange(store, new URLSearchParams(parameters)),
          theirs.data,
        );
      },
    );

    it.each(REFUSED)('refused: %s', async query => {
      const parameters = { query, time: String(end / 1000) };
      const theirs = await ask('query', parameters);
      expect(theirs.status).toBe('error');
      let ours: unknown;
      try {
        queryInstant(store, new URLSearchParams(parameters), 0);
      } catch (error) {
        ours = error;
      }
      expect(ours).toBeInstanceOf(PromqlError);
      expect((ours as PromqlError).type).toBe(theirs.errorType);
    });
  },
);

/** Equal up to the order of series and the last digits of numbers. */
function expectSame(ours: any, theirs: any): void {
  expect(ours.resultType).toBe(theirs.resultType);
  if (
    !Array.isArray(theirs.result) ||
    ['scalar', 'string'].includes(theirs.resultType)
  ) {
    expect(rounded(ours.result)).toEqual(rounded(theirs.result));
    return;
  }
  expect(normal(ours.result)).toEqual(normal(theirs.result));
}

function normal(result: any[]) {
  return result
    .map(({ metric, value, values }) => ({
      metric: Object.fromEntries(Object.entries(metric).sort()),
      ...(value && { value: rounded(value) }),
      ...(values && { values: values.map(rounded) }),
    }))
    .sort((a, b) =>
      JSON.stringify(a.metric) < JSON.stringify(b.metric) ? -1 : 1,
    );
}

function rounded([time, value]: [number, string]) {
  const number = Number(value);
  return [time, Number.isFinite(number) ? number.toPrecision(9) : value];
}

/** Fills ten minutes of samples, and returns them in the OpenMetrics format. */
function fill(store: SampleStore, end: number): string {
  const text: string[] = [];
  let seed = 42;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
  const family = (name: string, type: string) =>
    text.push(`# TYPE ${name} ${type}`);
  const series = (
    name: string,
    labels: Record<string, string>,
    next: (second: number) => number | undefined,
  ) => {
    for (let second = 0; second < 600; second++) {
      const value = next(second);
      if (value === undefined) continue;
      const at = end - 600_000 + second * 1000 + 300;
      store.append(name, labels, at, value);
      const list = Object.entries(labels).map(([key, of]) => `${key}="${of}"`);
      text.push(`${name}{${list.join(',')}} ${value} ${at / 1000}`);
    }
  };
  const counter = (perSecond: number, from = 0, resetAt = -1) => {
    let total = 0;
    return (second: number) => {
      if (second < from) return undefined;
      if (second === resetAt) total = 0;
      total += Math.floor(random() * perSecond * 2);
      return total;
    };
  };
  family('istio_requests', 'counter');
  const requests = (
    service: string,
    code: string,
    next: (s: number) => number | undefined,
  ) =>
    series(
      'istio_requests_total',
      {
        reporter: 'source',
        destination_service_name: service,
        destination_service: `${service}.demo.svc.cluster.local`,
        response_code: code,
      },
      next,
    );
  requests('colors-stable', '200', counter(16));
  requests('colors-stable', '503', counter(1));
  requests('colors-canary', '200', counter(4, 0, 400));
  requests('colors-canary', '500', counter(3, 560));
  const every =
    (seconds: number, until: number, next: (s: number) => number | undefined) =>
    (second: number) => {
      const value = next(second);
      return second % seconds === 0 && second < until ? value : undefined;
    };
  family('sparse', 'counter');
  series('sparse_total', {}, every(20, 600, counter(9)));
  family('ended', 'counter');
  series('ended_total', {}, every(5, 530, counter(9)));
  family('temperature', 'gauge');
  for (const room of ['hall', 'attic']) {
    series(
      'temperature',
      { room },
      () => Math.round((18 + random() * 5) * 10) / 10,
    );
  }
  family('latency', 'histogram');
  for (const service of ['a', 'b']) {
    const buckets = [10, 50, 100, 500, Infinity];
    const counts = buckets.map(() => 0);
    const rows: number[][] = [];
    for (let second = 0; second < 600; second++) {
      for (let n = 0; n < 5; n++) {
        const taken = random() * 600;
        buckets.forEach((le, index) => {
          if (taken <= le) counts[index]!++;
        });
      }
      rows.push([...counts]);
    }
    buckets.forEach((le, index) =>
      series(
        'latency_bucket',
        { service, le: le === Infinity ? '+Inf' : `${le}.0` },
        second => rows[second]![index],
      ),
    );
    series('latency_count', { service }, second => rows[second]!.at(-1));
    series('latency_sum', { service }, second => rows[second]!.at(-1)! * 300);
  }
  return `${text.join('\n')}\n# EOF\n`;
}
