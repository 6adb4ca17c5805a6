import { systemClock } from '../../api/clock';
import { RequestMetrics } from '../metrics/requestMetrics';
import { SampleStore } from '../metrics/sampleStore';
import { startSampling } from '../metrics/startSampling';
import { createManualClock } from '../../testing/manualClock';
import { Prometheus, startPrometheus } from './startPrometheus';
import {
  prometheusMissing,
  startRealPrometheus,
} from './testing/realPrometheus';

const answered = (status: number) => ({
  namespace: 'demo',
  service: 'colors-canary',
  revision: 'abc',
  status,
  durationMs: 42,
});

describe('the Prometheus API', () => {
  const clock = createManualClock();
  const metrics = new RequestMetrics();
  const store = new SampleStore(60_000);
  let prometheus: Prometheus;
  let url: string;

  beforeAll(async () => {
    prometheus = await startPrometheus({ clock, metrics, store });
    url = `http://127.0.0.1:${prometheus.port}`;
    const stop = startSampling({ clock, metrics, store });
    for (let second = 0; second < 30; second++) {
      for (let n = 0; n < 9; n++) metrics.count(answered(200));
      metrics.count(answered(500));
      await clock.advance(1000);
    }
    stop();
  });
  afterAll(() => prometheus.stop());

  const SUCCESS =
    'sum(rate(istio_requests_total{response_code!~"5.*"}[20s])) / sum(rate(istio_requests_total[20s]))';
  const form = (parameters: Record<string, string>) => ({
    method: 'POST',
    body: new URLSearchParams(parameters),
  });

  it('answers a query by GET and by form', async () => {
    const byGet = await fetch(
      `${url}/api/v1/query?query=${encodeURIComponent(SUCCESS)}`,
    );
    const byForm = await fetch(`${url}/api/v1/query`, form({ query: SUCCESS }));

    const expected = {
      status: 'success',
      data: {
        resultType: 'vector',
        result: [{ metric: {}, value: [clock.now() / 1000, '0.9'] }],
      },
    };
    expect(await byGet.json()).toEqual(expected);
    expect(await byForm.json()).toEqual(expected);
  });

  it('answers a query over a range', async () => {
    const now = clock.now() / 1000;
    const response = await fetch(
      `${url}/api/v1/query_range`,
      form({ query: SUCCESS, start: `${now - 5}`, end: `${now}`, step: '5' }),
    );

    expect(await response.json()).toMatchObject({
      data: {
        resultType: 'matrix',
        result: [
          {
            values: [
              [now - 5, '0.9'],
              [now, '0.9'],
            ],
          },
        ],
      },
    });
  });

  it.each([
    ['sum(', 400, 'bad_data'],
    ['rate(x[1m])[', 400, 'bad_data'],
    ['holt_winters(x[1m], 0.1, 0.2)', 400, 'bad_data'],
    ['a{b="1"} @ 5', 400, 'bad_data'],
    [
      'istio_requests_total / on(reporter) istio_requests_total',
      422,
      'execution',
    ],
  ])('refuses %s with %d %s', async (query, code, errorType) => {
    const response = await fetch(`${url}/api/v1/query`, form({ query }));

    expect(response.status).toBe(code);
    expect(await response.json()).toEqual({
      status: 'error',
      errorType,
      error: expect.any(String),
    });
  });

  it('refuses a range of too many points', async () => {
    const response = await fetch(
      `${url}/api/v1/query_range`,
      form({ query: '1', start: '0', end: '100000', step: '1' }),
    );

    expect(response.status).toBe(400);
    expect((await response.json()).error).toMatch(/11,000 points/);
  });
});

const missing = prometheusMissing();
const describeIfInstalled = missing ? describe.skip : describe;

describeIfInstalled(
  `scraped by a real Prometheus${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    it('gives it the same counters', async () => {
      const metrics = new RequestMetrics();
      for (let n = 0; n < 7; n++) metrics.count(answered(200));
      const prometheus = await startPrometheus({
        clock: systemClock,
        metrics,
        store: new SampleStore(60_000),
      });
      const real = await startRealPrometheus({
        target: `127.0.0.1:${prometheus.port}`,
      });
      try {
        const ask = async (query: string) => {
          const path = `/api/v1/query?query=${encodeURIComponent(query)}`;
          const response = await fetch(real.url + path);
          const { data } = (await response.json()) as any;
          return data.result[0];
        };
        let counter: any;
        for (let n = 0; !counter && n < 200; n++) {
          counter = await ask('istio_requests_total');
          await new Promise(resolve => setTimeout(resolve, 50));
        }

        expect(counter.value[1]).toBe('7');
        expect(counter.metric).toMatchObject({
          destination_service: 'colors-canary.demo.svc.cluster.local',
          destination_version: 'abc',
          response_code: '200',
        });
        const median = await ask(
          'histogram_quantile(0.5, istio_request_duration_milliseconds_bucket)',
        );
        expect(median.value[1]).toBe('37.5');
      } finally {
        await real.stop();
        await prometheus.stop();
      }
    }, 30_000);
  },
);
