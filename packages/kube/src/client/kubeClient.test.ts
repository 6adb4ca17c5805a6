import { ManualClock } from '../clock/manualClock';
import { RESOURCES } from '../resources';
import { pod } from '../testing/pods';
import { ScriptedServer } from '../testing/scriptedServer';
import {
  ConflictError,
  ForbiddenError,
  GoneError,
  InvalidError,
  NotFoundError,
  TooManyRequestsError,
  UnauthorizedError,
  UnreachableError,
} from './errors';
import { KubeClient, type KubeClientOptions } from './kubeClient';
import { patchWithPrecondition } from './patchWithPrecondition';

describe('KubeClient', () => {
  let server: ScriptedServer;
  let clock: ManualClock;
  let client: KubeClient;

  beforeEach(async () => {
    server = await ScriptedServer.start();
    clock = new ManualClock();
    connect();
  });

  afterEach(async () => {
    client.close();
    await server.stop();
  });

  function connect(options: KubeClientOptions = {}, user: object = {}) {
    client = KubeClient.fromKubeConfig(server.kubeConfig({ ...user }), {
      clock,
      ...options,
    });
  }

  const one = { namespace: 'demo', name: 'one' };

  it.each([
    ['core', RESOURCES.pods, '/api/v1/namespaces/demo/pods/one'],
    [
      'a group',
      RESOURCES.rollouts,
      '/apis/argoproj.io/v1alpha1/namespaces/demo/rollouts/one',
    ],
    ['cluster-wide', RESOURCES.namespaces, '/api/v1/namespaces/one'],
  ])('addresses objects of %s', async (_, resource, path) => {
    const answer = client.get(resource, one);

    const call = await server.next();

    expect(call.line).toBe(`GET ${path}`);
    call.json(pod('one', '1'));
    expect((await answer).metadata.name).toBe('one');
  });

  it('cannot be led out of the collection by a name', async () => {
    expect(() => client.get(RESOURCES.pods, { ...one, name: '..' })).toThrow(
      /not a name/,
    );
    expect(() => client.get(RESOURCES.pods, { name: 'one' })).toThrow(
      /needs a namespace/,
    );
    const answer = client.get(RESOURCES.pods, { ...one, name: 'a/../b?c' });
    const call = await server.next();
    expect(call.url.pathname).toBe(
      '/api/v1/namespaces/demo/pods/a%2F..%2Fb%3Fc',
    );
    call.json({});
    await answer;
  });

  it.each([
    ['json', 'application/json-patch+json'],
    ['merge', 'application/merge-patch+json'],
    ['strategic', 'application/strategic-merge-patch+json'],
    ['apply', 'application/apply-patch+yaml'],
  ] as const)('sends %s patches', async (type, contentType) => {
    const answer = client.patch(
      RESOURCES.rollouts,
      one,
      { status: { abort: true } },
      { type, subresource: 'status', dryRun: true, fieldManager: 'me' },
    );

    const call = await server.next();

    expect(call.line).toMatch(/^PATCH .*\/rollouts\/one\/status$/);
    expect(call.headers['content-type']).toBe(contentType);
    expect(call.query).toEqual({ dryRun: 'All', fieldManager: 'me' });
    expect(JSON.parse(call.body)).toEqual({ status: { abort: true } });
    call.json({});
    await answer;
  });

  it('holds a preconditioned patch to the object as it was seen', async () => {
    const seen = pod('one', '7');
    const answer = patchWithPrecondition(client, RESOURCES.pods, seen, {
      metadata: { labels: { a: 'b' } },
      spec: {},
    });

    const call = await server.next();

    expect(JSON.parse(call.body)).toEqual({
      metadata: { uid: 'uid-one', resourceVersion: '7', labels: { a: 'b' } },
      spec: {},
    });
    call.json({});
    await answer;
  });

  it('sends preconditions and propagation of a delete', async () => {
    const answer = client.delete(RESOURCES.pods, one, {
      preconditions: { uid: 'u' },
      propagationPolicy: 'Foreground',
      gracePeriodSeconds: 0,
    });

    const call = await server.next();

    expect(JSON.parse(call.body)).toMatchObject({
      kind: 'DeleteOptions',
      preconditions: { uid: 'u' },
      propagationPolicy: 'Foreground',
      gracePeriodSeconds: 0,
    });
    call.json({});
    await answer;
  });

  it.each([
    [401, 'Unauthorized', UnauthorizedError, /sign in again/],
    [403, 'Forbidden', ForbiddenError, /ask the cluster/],
    [404, 'NotFound', NotFoundError, /./],
    [409, 'Conflict', ConflictError, /Read the object again/],
    [409, 'AlreadyExists', ConflictError, /another name/],
    [410, 'Gone', GoneError, /List again/],
    [422, 'Invalid', InvalidError, /Correct spec\.replicas/],
    [429, 'TooManyRequests', TooManyRequestsError, /Try again/],
  ])('answers %s %s as its own error', async (code, reason, type, advice) => {
    const answer = client.get(RESOURCES.pods, one);
    const details = { causes: [{ field: 'spec.replicas' }] };
    (await server.next()).refuse(code, reason, { details });
    if (code === 401) (await server.next()).refuse(code, reason, { details });

    const error = await answer.catch(caught => caught);

    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ status: code, reason });
    expect(error.message).toMatch(advice);
    expect(error.message).toContain('GET /api/v1/namespaces/demo/pods/one');
  });

  it('fault 11: a conflict is the caller’s to solve, never repeated or forced', async () => {
    const answer = client.replace(RESOURCES.pods, pod('one', '1'));
    (await server.next()).refuse(409, 'Conflict');

    await expect(answer).rejects.toThrow(ConflictError);
    expect(server.lines).toHaveLength(1);
  });

  it('tells a missing object from a missing kind', async () => {
    const object = client.get(RESOURCES.rollouts, one);
    (await server.next()).refuse(404, 'NotFound', { details: { name: 'one' } });
    await expect(object).rejects.toMatchObject({ missingKind: false });

    const kind = client.get(RESOURCES.rollouts, one);
    (await server.next()).refuse(404, 'NotFound', { details: {} });
    await expect(kind).rejects.toMatchObject({ missingKind: true });
  });

  it('fault 6: obeys Retry-After, for all requests to that server and no other', async () => {
    const other = await ScriptedServer.start();
    const elsewhere = KubeClient.fromKubeConfig(other.kubeConfig(), { clock });
    const answer = client.get(RESOURCES.pods, one);
    (await server.next()).refuse(429, 'TooManyRequests', {
      headers: { 'retry-after': '7' },
    });
    await clock.timerWithin(7000);
    const second = client.get(RESOURCES.services, one);
    const unaffected = elsewhere.get(RESOURCES.pods, one);
    (await other.next()).json(pod('one', '1'));
    await unaffected;

    clock.advance(6999);
    expect(server.lines).toHaveLength(1);
    clock.advance(1);
    (await server.next()).json(pod('one', '1'));
    (await server.next()).json(pod('one', '1'));

    await Promise.all([answer, second]);
    expect(server.lines).toHaveLength(3);
    elsewhere.close();
    await other.stop();
  });

  it('fault 6: a Retry-After of a day is thrown at once and closes the server for the limit only', async () => {
    connect({ requestTimeoutMilliseconds: 60_000 });
    const answer = client.get(RESOURCES.pods, one);
    (await server.next()).refuse(429, 'TooManyRequests', {
      headers: { 'retry-after': '86400' },
    });
    await expect(answer).rejects.toMatchObject({ retryAfterSeconds: 86400 });

    const second = client.get(RESOURCES.services, one);
    await clock.timerWithin(30_000);
    expect(server.lines).toHaveLength(1);
    clock.advance(30_000);

    (await server.next()).json(pod('one', '1'));
    await second;
  });

  it('fault 6: a request that is held back again and again is told so, unsent', async () => {
    connect({ requestTimeoutMilliseconds: 60_000 });
    const [eager, late] = [
      client.get(RESOURCES.pods, one),
      client.get(RESOURCES.pods, one),
    ];
    const refused = Promise.race([eager, late]).catch(error => error);
    void Promise.allSettled([eager, late]);
    const calls = [await server.next(), await server.next()];
    const ask = (seconds: string) =>
      calls.pop()?.refuse(429, 'TooManyRequests', {
        headers: { 'retry-after': seconds },
      });
    ask('20');
    await clock.timerWithin(20_000);
    clock.advance(5_000);
    const held = client.get(RESOURCES.services, one);
    const told = held.catch(error => error);
    await new Promise(resolve => setImmediate(resolve));
    clock.advance(10_000);
    ask('31');
    expect(await refused).toMatchObject({ retryAfterSeconds: 31 });

    clock.advance(5_000);

    expect(await told).toBeInstanceOf(TooManyRequestsError);
    expect(server.lines).toHaveLength(2);
  });

  it('hands an eviction’s 429 to the caller: a disruption budget said no', async () => {
    const answer = client.evict(one);
    (await server.next()).refuse(429, 'TooManyRequests', {
      headers: { 'retry-after': '10' },
    });

    await expect(answer).rejects.toMatchObject({ retryAfterSeconds: 10 });
    expect(server.lines).toEqual([
      'POST /api/v1/namespaces/demo/pods/one/eviction',
    ]);
  });

  it('fault 8: a refused token is renewed once for all who were refused', async () => {
    let reloads = 0;
    connect(
      {
        reload: () => {
          reloads += 1;
          return server.kubeConfig({ token: 'new' });
        },
      },
      { token: 'old' },
    );
    const answers = [1, 2, 3].map(() => client.get(RESOURCES.pods, one));
    const refused = await Promise.all([1, 2, 3].map(() => server.next()));
    refused.forEach(call => call.refuse(401, 'Unauthorized'));

    const retried = await Promise.all([1, 2, 3].map(() => server.next()));
    retried.forEach(call => call.json(pod('one', '1')));
    await Promise.all(answers);

    expect(retried.map(call => call.headers.authorization)).toEqual(
      Array(3).fill('Bearer new'),
    );
    expect(reloads).toBe(1);
  });

  it('fault 8: credentials that stay refused cause no storm', async () => {
    let reloads = 0;
    connect({
      reload: () => {
        reloads += 1;
        return server.kubeConfig({ token: 'also bad' });
      },
    });
    void server.answerAll(call => call.refuse(401, 'Unauthorized'));

    for (let second = 0; second < 60; second += 1) {
      await expect(client.get(RESOURCES.pods, one)).rejects.toThrow(
        UnauthorizedError,
      );
      clock.advance(1000);
    }

    expect(reloads).toBe(6);
    expect(server.lines).toHaveLength(60 + reloads);
  });

  it('gives up on an answer that does not come', async () => {
    connect({ requestTimeoutMilliseconds: 3000 });
    const answer = client.get(RESOURCES.pods, one);
    await server.next();
    clock.advance(3000);

    await expect(answer).rejects.toThrow(/did not answer within 3 s/);
  });

  it('says what to do when nothing listens', async () => {
    await server.stop();

    const error = await client.get(RESOURCES.pods, one).catch(caught => caught);

    expect(error).toBeInstanceOf(UnreachableError);
    expect(error.message).toMatch(/is the cluster running/);
  });

  it('repeats a read whose kept connection the server had just closed', async () => {
    const first = client.get(RESOURCES.pods, one);
    (await server.next()).json(pod('one', '1'));
    await first;
    const second = client.get(RESOURCES.pods, one);
    (await server.next()).cut();

    (await server.next()).json(pod('one', '2'));

    expect((await second).metadata.resourceVersion).toBe('2');
  });

  it('finds the version of a kind that a cluster serves', async () => {
    const answer = client.resolve(RESOURCES.virtualServices);
    (await server.next()).json({
      groups: [
        {
          name: 'networking.istio.io',
          versions: [{ version: 'v1beta1' }, { version: 'v1alpha3' }],
          preferredVersion: { version: 'v1beta1' },
        },
      ],
    });
    (await server.next()).json({ resources: [{ name: 'virtualservices' }] });

    expect(await answer).toMatchObject({ version: 'v1beta1' });
  });

  it('reports a kind that a cluster does not have as absent', async () => {
    const answer = client.resolve(RESOURCES.virtualServices);
    (await server.next()).json({ groups: [] });

    expect(await answer).toBeUndefined();
  });

  it('reads an answer that a proxy made as what it is', async () => {
    const answer = client.get(RESOURCES.pods, one);
    const call = await server.next();
    call.response.writeHead(200).end('<html>Sign in</html>');

    await expect(answer).rejects.toThrow(/not JSON: "<html>Sign in/);
  });
});
