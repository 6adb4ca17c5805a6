import { measured } from './testing/measured';
import { withWebServers } from '../__testUtils__/withWebServers';

describe('the provider web', () => {
  const { serve, json, allow } = withWebServers();

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
    ['a strange method', { method: 'DELETE' }, 'must be one of GET, POST, PUT'],
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
