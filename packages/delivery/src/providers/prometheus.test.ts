import { NOW, measured } from './testing/measured';
import { withWebServers } from '../__testUtils__/withWebServers';

describe('the provider prometheus', () => {
  const { serve, json, allow } = withWebServers();

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
    ['nothing', success('vector', []), 'len(result) == 0', '[]', 'Successful'],
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
