import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  AnalysisArgument,
  AnalysisRun,
  Metric,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { startWebServer, type WebServer } from '../__testUtils__/webServer';
import { HttpEgress, type EgressPolicy } from './egress/httpEgress';
import { measure } from './measure';
import { createRegistry } from './registry';

const NOW = Date.UTC(2026, 0, 1);

const noJobs = {
  create: () => Promise.reject(new Error('no jobs here')),
  get: () => Promise.resolve(undefined),
  delete: () => Promise.resolve(),
};

/** One measurement, as the controller takes it. */
async function measured(
  metric: Omit<Metric, 'name'>,
  options: {
    egress?: EgressPolicy;
    prometheusAddress?: string;
    args?: AnalysisArgument[];
    secrets?: Record<string, string>;
  } = {},
) {
  const named = { name: 'rate', ...metric };
  const run: AnalysisRun = {
    metadata: { name: 'run', namespace: 'demo', uid: 'u1' },
    spec: { metrics: [named], args: options.args },
  };
  const { measurement, metadata } = await measure(
    run,
    { metric: named, action: 'run' },
    {
      registry: createRegistry([], options),
      http: new HttpEgress(options.egress),
      jobs: noJobs,
      readSecret: async (_, __, key) => {
        const value = options.secrets?.[key];
        if (value === undefined) throw new Error(`no key ${key}`);
        return value;
      },
      now: () => NOW,
      wallTime: () => NOW,
    },
    new AbortController().signal,
  );
  return { ...measurement, metadata };
}

describe('metric providers', () => {
  const servers: WebServer[] = [];
  const serve: typeof startWebServer = async answer => {
    const server = await startWebServer(answer);
    servers.push(server);
    return server;
  };
  const json = (value: unknown) =>
    serve((_, response) => response.end(JSON.stringify(value)));
  const allow = ({ origin }: WebServer) => ({
    egress: { allowedOrigins: [origin] },
  });

  afterEach(() => {
    for (const server of servers.splice(0)) server.stop();
  });

  describe('prometheus', () => {
    const success = (resultType: string, result: unknown) => ({
      status: 'success',
      data: { resultType, result },
    });
    const series = (...values: string[]) =>
      values.map(value => ({ metric: {}, value: [1, value] }));

    it.each<[string, unknown, string, string, string]>([
      [
        'a vector',
        success('vector', series('0.98')),
        'result[0] >= 0.95',
        '[0.98]',
        'Successful',
      ],
      [
        'several',
        success('vector', series('1', '1e-7', '1e21')),
        'len(result) == 3',
        '[1,0.0000001,1000000000000000000000]',
        'Successful',
      ],
      [
        'nothing',
        success('vector', []),
        'len(result) == 0',
        '[]',
        'Successful',
      ],
      [
        'nothing, unprepared',
        success('vector', []),
        'result[0] >= 0.95',
        '[]',
        'Error',
      ],
      [
        'NaN',
        success('vector', series('NaN')),
        'result[0] >= 0.95',
        '[NaN]',
        'Failed',
      ],
      [
        'infinity',
        success('vector', series('+Inf', '-Inf')),
        'isInf(result[0])',
        '[+Inf,-Inf]',
        'Successful',
      ],
      [
        'a scalar',
        success('scalar', [1, '0.5']),
        'result == 0.5',
        '0.5',
        'Successful',
      ],
      [
        'a range',
        success('matrix', [
          {
            metric: {},
            values: [
              [1, '1'],
              [2, '2'],
            ],
          },
        ]),
        'all(result, # < 3)',
        '[1,2]',
        'Successful',
      ],
    ])('reads %s', async (_, answer, successCondition, value, phase) => {
      const server = await json(answer);

      const measurement = await measured(
        {
          successCondition,
          provider: { prometheus: { address: server.origin, query: 'up' } },
        },
        allow(server),
      );

      expect(measurement).toMatchObject({ value, phase });
    });

    it.each<[string, number, string, string]>([
      [
        'its own error',
        400,
        '{"status":"error","errorType":"bad_data","error":"parse error"}',
        'bad_data: parse error',
      ],
      ['a failing server', 500, 'oops', 'server_error: server error: 500'],
      [
        'something else',
        200,
        '<html>',
        'does not answer as the Prometheus API does',
      ],
      [
        'a string',
        200,
        JSON.stringify(success('string', [1, 'x'])),
        'Prometheus metric type not supported: string',
      ],
    ])('is an Error with %s', async (_, status, body, message) => {
      const server = await serve((__, response) => {
        response.statusCode = status;
        response.end(body);
      });

      const measurement = await measured(
        { provider: { prometheus: { address: server.origin, query: 'up' } } },
        allow(server),
      );

      expect(measurement.phase).toBe('Error');
      expect(measurement.message).toContain(message);
      expect(measurement.metadata).toEqual({ ResolvedPrometheusQuery: 'up' });
    });

    it('sends query, range and headers with arguments filled in', async () => {
      const server = await json(success('matrix', []));

      await measured(
        {
          provider: {
            prometheus: {
              address: '{{args.address}}',
              query: 'up{job="{{ args.job }}"}',
              rangeQuery: {
                start: 'now() - duration("{{args.back}}")',
                end: 'now()',
                step: '1m',
              },
              headers: [{ key: 'X-Scope-OrgID', value: 'tenant_{{args.job}}' }],
            },
          },
        },
        {
          ...allow(server),
          args: [
            { name: 'address', value: server.origin },
            { name: 'job', value: 'a"b' },
            { name: 'back', value: '5m' },
          ].map(arg => (arg.name === 'job' ? { ...arg, value: 'a"b' } : arg)),
        },
      );

      const [request] = server.requests;
      const params = new URL(request?.url ?? '', server.origin).searchParams;
      expect(Object.fromEntries(params)).toEqual({
        query: 'up{job="a\\"b"}',
        start: String(NOW / 1000 - 300),
        end: String(NOW / 1000),
        step: '60',
      });
      expect(request?.headers['x-scope-orgid']).toBe('tenant_a"b');
    });

    it('asks the controller’s own server when the metric names none', async () => {
      const server = await json(success('vector', series('3')));
      const metric = {
        successCondition: 'result[0] == 3',
        provider: { prometheus: { query: 'up' } },
      };

      await expect(
        measured(metric, {
          ...allow(server),
          prometheusAddress: `${server.origin}/of/us/`,
        }),
      ).resolves.toMatchObject({ phase: 'Successful' });
      expect(server.requests[0]?.url).toBe('/of/us/api/v1/query?query=up');
      await expect(measured(metric)).resolves.toMatchObject({
        phase: 'Error',
        message: expect.stringContaining(
          'provider.prometheus.address is required',
        ),
      });
    });

    it('fetches an OAuth2 token first and never shows the secret', async () => {
      const server = await serve((request, response) => {
        if (request.url === '/token') {
          response.end('{"access_token":"t0ken-of-the-day"}');
          return;
        }
        response.statusCode = 400;
        response.end(
          `{"status":"error","errorType":"x","error":"${request.headers.authorization} s3cret-value"}`,
        );
      });

      const measurement = await measured(
        {
          provider: {
            prometheus: {
              address: server.origin,
              query: 'up',
              authentication: {
                oauth2: {
                  tokenUrl: `${server.origin}/token`,
                  clientId: 'me',
                  clientSecret: '{{args.secret}}',
                  scopes: ['a', 'b'],
                },
              },
            },
          },
        },
        {
          ...allow(server),
          args: [
            {
              name: 'secret',
              valueFrom: { secretKeyRef: { name: 's', key: 'k' } },
            },
          ],
          secrets: { k: 's3cret-value' },
        },
      );

      expect(server.requests[0]?.body).toBe(
        'grant_type=client_credentials&client_id=me&client_secret=s3cret-value&scope=a+b',
      );
      expect(measurement.message).toBe('x: Bearer *** ***');
    });
  });

  describe('web', () => {
    it.each<[string, string | undefined, unknown, string]>([
      ['a path in braces', '{$.data.ok}', { data: { ok: true } }, 'true'],
      ['a path without dollar', '{.data.n}', { data: { n: 1.5 } }, '1.5'],
      ['a key in quotes', "{$['a\\.b']}", { 'a.b': 'x' }, '"x"'],
      ['an index', '{$.list[1]}', { list: [1, 2] }, '2'],
      [
        'the first of a list',
        '{$.list[*].v}',
        { list: [{ v: 1 }, { v: 2 }] },
        '1',
      ],
      [
        'a filter',
        '{$.list[?(@.n=="b")].v}',
        {
          list: [
            { n: 'a', v: 1 },
            { n: 'b', v: 2 },
          ],
        },
        '2',
      ],
      ['a map', '{$.data}', { data: { b: 'c', a: 1 } }, '{"a":1,"b":"c"}'],
      ['everything', undefined, { a: null }, '{"a":null}'],
    ])('reads %s', async (_, jsonPath, answer, value) => {
      const server = await json(answer);

      const measurement = await measured(
        { provider: { web: { url: server.origin, jsonPath } } },
        allow(server),
      );

      expect(measurement).toMatchObject({ phase: 'Successful', value });
    });

    it.each<[string, Record<string, unknown>, string]>([
      [
        'a missing path',
        { jsonPath: '{$.no}' },
        'Could not find JSONPath in body: no is not found',
      ],
      ['body with GET', { body: 'x' }, 'need method POST or PUT'],
      [
        'two bodies',
        { method: 'POST', body: 'x', jsonBody: {} },
        'either body or jsonBody',
      ],
      [
        'a strange method',
        { method: 'DELETE' },
        'must be one of GET, POST, PUT',
      ],
      [
        'a broken header',
        { headers: [{ key: 'a', value: '{{args.evil}}' }] },
        'line break',
      ],
      [
        'a script in a filter',
        {
          jsonPath:
            '{$.a[?(this.constructor.constructor("return process")().exit(9))]}',
        },
        'unterminated filter',
      ],
    ])('is an Error with %s', async (_, web, message) => {
      const server = await json({ a: [1] });

      const measurement = await measured(
        { provider: { web: { url: server.origin, ...web } } },
        { ...allow(server), args: [{ name: 'evil', value: 'a\r\nb: c' }] },
      );

      expect(measurement.phase).toBe('Error');
      expect(measurement.message).toContain(message);
    });

    it.each([
      ['a condition on it', { successCondition: 'result == "OK"' }, 'Failed'],
      ['no condition', {}, 'Successful'],
      ['a path into it', { jsonPath: '{$.ok}' }, 'Error'],
    ])('an answer that is no JSON, with %s', async (_, asked, phase) => {
      const server = await serve((__, response) => response.end('<html>'));
      const { jsonPath, ...conditions } = {
        jsonPath: undefined,
        ...asked,
      };

      const measurement = await measured(
        { ...conditions, provider: { web: { url: server.origin, jsonPath } } },
        allow(server),
      );

      expect(measurement.phase).toBe(phase);
    });

    it('posts JSON with arguments inside strings', async () => {
      const server = await json({});

      await measured(
        {
          provider: {
            web: {
              url: `${server.origin}/m?s={{args.x}}&t=1`,
              method: 'POST',
              jsonBody: { a: { b: '{{args.x}}' } },
            },
          },
        },
        { ...allow(server), args: [{ name: 'x', value: 'q"&t=2#' }] },
      );

      const [request] = server.requests;
      expect(request?.url).toBe('/m?s=q%22%26t=2%23&t=1');
      expect(JSON.parse(request?.body ?? '')).toEqual({ a: { b: 'q"&t=2#' } });
      expect(request?.headers['content-type']).toBe('application/json');
    });

    it('takes secrets out of value and message in every form', async () => {
      const secret = 'p@ss word/1';
      const forms = [
        secret,
        Buffer.from(secret).toString('base64'),
        encodeURIComponent(secret),
      ].join(' ');
      const server = await json({ echo: forms });

      const measurement = await measured(
        {
          successCondition: 'result.echo > 1',
          provider: { web: { url: server.origin } },
        },
        {
          ...allow(server),
          args: [
            {
              name: 's',
              valueFrom: { secretKeyRef: { name: 's', key: 'k' } },
            },
          ],
          secrets: { k: secret },
        },
      );

      expect(measurement.value).toBe('{"echo":"*** *** ***"}');
    });
  });

  describe('the way out', () => {
    const get = (url: string, egress: EgressPolicy = {}, web = {}) =>
      measured({ provider: { web: { url, ...web } } }, { egress });

    it.each([
      ['http://127.0.0.1:1/', 'loopback'],
      ['http://localhost:1/', 'loopback'],
      ['http://[::1]:1/', 'loopback'],
      ['http://[::ffff:127.0.0.1]:1/', 'loopback'],
      ['http://[::ffff:7f00:1]:1/', 'loopback'],
      ['http://[64:ff9b::7f00:1]:1/', 'loopback'],
      ['http://2130706433:1/', 'loopback'],
      ['http://0x7f.1:1/', 'loopback'],
      ['http://0.0.0.0:1/', 'unspecified'],
      ['http://169.254.169.254/latest/meta-data', 'metadata'],
      ['http://[fd00:ec2::254]/', 'metadata'],
      ['http://[fe80::1]/', 'link-local'],
      ['file:///etc/passwd', 'file: is not allowed'],
      ['no url', 'not a URL'],
    ])('refuses %s', async (url, why) => {
      const { phase, message } = await get(url);

      expect(phase).toBe('Error');
      expect(message).toContain(why);
    });

    it('refuses what is not on the list when only the list is allowed', async () => {
      const { message } = await get('http://example.com/', {
        onlyAllowed: true,
        allowedOrigins: ['http://prometheus:9090'],
      });

      expect(message).toContain('not among the allowed origins');
    });

    it('an allowed origin is not a prefix: another port is another origin', async () => {
      const server = await json({});

      const { message } = await get(server.origin, {
        allowedOrigins: ['http://127.0.0.1'],
      });

      expect(message).toContain('loopback');
    });

    it('follows no redirect', async () => {
      const server = await serve((_, response) => {
        response.writeHead(302, { location: '/again' }).end();
      });

      const { message } = await get(server.origin, {
        allowedOrigins: [server.origin],
      });

      expect(message).toContain('redirect (302)');
      expect(server.requests).toHaveLength(1);
    });

    it('takes no more than its cap of a body that does not end', async () => {
      let sent = 0;
      const server = await serve((_, response) => {
        const chunk = Buffer.alloc(64 * 1024, 'x');
        const more = () => {
          while (!response.destroyed && sent < 50 * 1024 * 1024) {
            sent += chunk.length;
            if (!response.write(chunk)) {
              response.once('drain', more);
              return;
            }
          }
        };
        more();
      });

      const { phase, message } = await get(server.origin, {
        allowedOrigins: [server.origin],
      });

      expect(phase).toBe('Error');
      expect(message).toContain('larger than 4194304 bytes');
      expect(sent).toBeLessThan(40 * 1024 * 1024);
    });

    it('gives up on a server that trickles', async () => {
      const server = await serve((_, response) => {
        response.write('{');
      });

      const { phase, message } = await get(
        server.origin,
        { allowedOrigins: [server.origin] },
        { timeoutSeconds: 0.2 },
      );

      expect(phase).toBe('Error');
      expect(message).toContain('within 0.2 s');
    });
  });
});

const PROMETHEUS = '/usr/bin/prometheus';
const withPrometheus = existsSync(PROMETHEUS) ? describe : describe.skip;

withPrometheus('a real Prometheus', () => {
  jest.setTimeout(60_000);

  let address: string;
  let stop: () => Promise<void>;

  it.each<[string, string | undefined, string, string]>([
    ['vector(0.98)', 'result[0] >= 0.95', '[0.98]', 'Successful'],
    ['scalar(vector(2))', 'result == 2', '2', 'Successful'],
    ['vector(0) / 0', 'result[0] >= 0.95', '[NaN]', 'Failed'],
    ['nothing_of_that_name', 'result[0] >= 0.95', '[]', 'Error'],
  ])('%s', async (query, successCondition, value, phase) => {
    const measurement = await measured(
      { successCondition, provider: { prometheus: { address, query } } },
      { egress: { allowedOrigins: [address] } },
    );

    expect(measurement).toMatchObject({ value, phase });
  });

  it('says what is wrong with a query', async () => {
    const { message } = await measured(
      { provider: { prometheus: { address, query: 'sum(' } } },
      { egress: { allowedOrigins: [address] } },
    );

    expect(message).toMatch(/^bad_data: .*parse error/);
  });

  beforeAll(async () => {
    const directory = await mkdtemp(join(tmpdir(), 'prometheus-'));
    const config = join(directory, 'prometheus.yml');
    await writeFile(config, 'global: {}\n');
    const child = spawn(PROMETHEUS, [
      `--config.file=${config}`,
      `--storage.tsdb.path=${directory}`,
      '--web.listen-address=127.0.0.1:0',
    ]);
    const ended = new Promise(resolve => child.once('exit', resolve));
    stop = async () => {
      child.kill();
      await ended;
      await rm(directory, { recursive: true, force: true });
    };
    address = await new Promise<string>((resolve, reject) => {
      let log = '';
      ended.then(() => reject(new Error(`Prometheus ended: ${log}`)));
      child.stderr.on('data', chunk => {
        log += chunk;
        const listening = /Listening on.*address=(127\.0\.0\.1:\d+)/.exec(
          log,
        )?.[1];
        if (listening && /ready to receive web requests/.test(log)) {
          resolve(`http://${listening}`);
        }
      });
    });
  });

  afterAll(() => stop());
});
