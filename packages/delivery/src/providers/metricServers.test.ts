import type { Metric } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type http from 'node:http';
import { startWebServer, type WebServer } from '../__testUtils__/webServer';
import { HttpEgress } from './egress/httpEgress';
import { measure } from './measure';
import { createRegistry } from './registry';

const NOW = Date.UTC(2026, 0, 1);
const MEGABYTE = 'x'.repeat(1024 * 1024);

describe('a metric server that misbehaves', () => {
  const servers: WebServer[] = [];

  afterEach(() => {
    for (const server of servers.splice(0)) server.stop();
  });

  async function measured(
    answer: (
      request: http.IncomingMessage,
      response: http.ServerResponse,
    ) => void,
    provider: (origin: string) => Metric['provider'] = origin => ({
      web: { url: origin, timeoutSeconds: 1 },
    }),
    conditions: Partial<Metric> = {},
  ) {
    const server = await startWebServer(answer);
    servers.push(server);
    const metric: Metric = {
      name: 'rate',
      provider: provider(server.origin),
      ...conditions,
    };
    const { measurement } = await measure(
      {
        metadata: { name: 'run', namespace: 'demo', uid: 'u1' },
        spec: { metrics: [metric] },
      },
      { metric, action: 'run' },
      {
        registry: createRegistry(),
        http: new HttpEgress({ allowedOrigins: [server.origin] }),
        jobs: {
          create: () => Promise.reject(new Error('no jobs here')),
          get: () => Promise.resolve(undefined),
          delete: () => Promise.resolve(),
        },
        readSecret: () => Promise.reject(new Error('no secrets here')),
        now: () => NOW,
        wallTime: () => NOW,
      },
      new AbortController().signal,
    );
    return measurement;
  }

  it.each<
    [
      string,
      string,
      (request: http.IncomingMessage, response: http.ServerResponse) => void,
      string,
    ]
  >([
    ['20', 'never answers', () => {}, 'no answer from'],
    [
      '20',
      'begins an answer and never ends it',
      (_, response) => response.write('{"a":'),
      'no answer from',
    ],
    [
      '22',
      'redirects for ever',
      (request, response) =>
        response.writeHead(302, { location: `/again${request.url}` }).end(),
      'redirects are not followed',
    ],
    [
      '22',
      'sends 50 MB',
      (_, response) => {
        let sent = 0;
        const send = () => {
          while (sent < 50 && !response.destroyed) {
            sent += 1;
            if (!response.write(MEGABYTE)) {
              response.once('drain', send);
              return;
            }
          }
          response.end();
        };
        send();
      },
      'larger than 4194304 bytes',
    ],
    [
      '20',
      'hangs up in mid-answer',
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"a":');
        response.destroy();
      },
      '',
    ],
    [
      '20',
      'speaks no HTTP',
      (_, response) => response.socket?.end('SSH-2.0-OpenSSH\r\n'),
      'could not be reached',
    ],
    [
      '20',
      'lies about what it sends',
      (_, response) =>
        response
          .writeHead(200, { 'content-type': 'application/json' })
          .end('{"a": 1'),
      '',
    ],
  ])('%s: one that %s is an Error', async (_, __, answer, message) => {
    const measurement = await measured(answer, origin => ({
      web: { url: origin, timeoutSeconds: 1, jsonPath: '{$.a}' },
    }));

    expect(measurement.phase).toBe('Error');
    expect(measurement.finishedAt).toBeDefined();
    expect(measurement.message).toContain(message);
  });

  const S = 'Successful';
  const F = 'Failed';
  it.each<[string, Partial<Metric>, string]>([
    // Source: the table of NaN in the reference's behaviour.
    ['NaN', { successCondition: 'result[0] >= 0.95' }, F],
    ['NaN', { failureCondition: 'result[0] < 0.95' }, S],
    [
      'NaN',
      {
        successCondition: 'result[0] >= 0.95',
        failureCondition: 'result[0] < 0.95',
      },
      'Inconclusive',
    ],
    ['NaN', { successCondition: 'isNaN(result[0]) || result[0] >= 0.95' }, S],
    ['+Inf', { successCondition: 'result[0] >= 0.95' }, S],
    ['-Inf', { successCondition: 'result[0] >= 0.95' }, F],
    ['+Inf', { failureCondition: 'isInf(result[0])' }, F],
    ['', { successCondition: 'result[0] >= 0.95' }, 'Error'],
    ['', { successCondition: 'len(result) == 0 || result[0] > 1' }, S],
    ['', { failureCondition: 'len(result) > 0 && result[0] > 1' }, S],
  ])(
    '21: a vector of "%s" with %j is %s',
    async (sample, conditions, phase) => {
      const result = sample ? [{ metric: {}, value: [1, sample] }] : [];

      const measurement = await measured(
        (_, response) =>
          response.end(
            JSON.stringify({
              status: 'success',
              data: { resultType: 'vector', result },
            }),
          ),
        address => ({ prometheus: { address, query: 'up' } }),
        conditions,
      );

      expect(measurement.phase).toBe(phase);
    },
  );

  it('shows what Prometheus warns about', async () => {
    const measurement = await measured(
      (_, response) =>
        response.end(
          '{"status":"success","warnings":["partial"],"data":{"resultType":"vector","result":[]}}',
        ),
      address => ({ prometheus: { address, query: 'up' } }),
    );

    expect(measurement.metadata).toEqual({ warnings: '"partial"' });
  });
});
