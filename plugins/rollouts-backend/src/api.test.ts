import request from 'supertest';
import type { EntityRolloutsResponse } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { readStream } from './__testUtils__/readStream';
import { canary } from './__testUtils__/rollouts';
import { startTestCluster } from './__testUtils__/testCluster';
import { ada, eventually } from './__testUtils__/testPortal';
import { COLORS, ENTITY, withColors } from './__testUtils__/withColors';

// Making a cluster's keys takes seconds on a busy machine.
jest.setTimeout(60_000);

describe('the HTTP API', () => {
  const { portals, startWithColors, decision } = withColors();

  it('shows an entity its rollouts, without a call to the cluster', async () => {
    const { get } = await startWithColors();
    const before = portals.cluster.controls.callCount;

    const answers = await Promise.all(
      Array.from({ length: 20 }, () => get(`${ENTITY}/rollouts`)),
    );
    await get(COLORS);
    await get('/api/rollouts/v1/rollouts?q=green');
    await get('/api/rollouts/v1/clusters');

    const [{ body }] = answers as [(typeof answers)[number]];
    expect(body).toMatchObject({
      entityRef: 'component:default/colors',
      annotated: true,
      rollouts: [
        {
          rollout: {
            ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
            step: { index: 1, count: 4 },
            entityRefs: ['component:default/colors'],
          },
          access: { promote: { allowed: true } },
        },
      ],
    });
    // The lease observer may have looked by itself in the meantime.
    expect(portals.cluster.controls.callCount - before).toBeLessThanOrEqual(2);
  });

  it('answers 304 until something changes', async () => {
    const { get } = await startWithColors();
    const first = await get(`${ENTITY}/rollouts`);
    const again = await get(`${ENTITY}/rollouts`).set(
      'If-None-Match',
      first.headers.etag ?? '',
    );
    expect(again.status).toBe(304);

    portals.cluster.api.patch(
      { group: 'argoproj.io', resource: 'rollouts' },
      'demo',
      'colors',
      { spec: { replicas: 7 } },
      { type: 'merge' },
    );

    await eventually(
      async () =>
        (
          await get(`${ENTITY}/rollouts`).set(
            'If-None-Match',
            first.headers.etag ?? '',
          )
        ).status,
      status => status === 200,
    );
  });

  it('promotes with exactly the reference’s patch, once per key, on record and audited', async () => {
    const { get, post, auditEvents } = await startWithColors();
    const body = decision({ reason: 'looks good' });

    const first = await post(`${COLORS}/actions/promote`, body);
    const again = await post(`${COLORS}/actions/promote`, body);

    expect(first.body).toMatchObject({
      outcome: 'applied',
      patches: [
        { subresource: 'status', patch: { status: { pauseConditions: null } } },
      ],
    });
    expect(again.body).toEqual(first.body);
    const { status } = portals.cluster.rollout('colors');
    expect(status).toMatchObject({
      currentStepIndex: 1,
      controllerPause: true,
    });
    expect(status?.pauseConditions ?? []).toEqual([]);
    expect(auditEvents.map(({ ended }) => ended)).toEqual([
      'success',
      'success',
    ]);
    await eventually(
      async () => (await get(COLORS)).body.rollout.timeline,
      timeline =>
        timeline.some(
          (entry: { source: string; by?: string }) =>
            entry.source === 'action' && entry.by === 'user:default/ada',
        ),
    );
  });

  it('refuses an action on a rollout that has moved on', async () => {
    const { post } = await startWithColors();
    const { seen } = decision();

    const { status, body } = await post(
      `${COLORS}/actions/promote`,
      decision({ seen: { ...seen, stepIndex: 0 } }),
    );

    expect(status).toBe(409);
    expect(body).toMatchObject({
      error: { message: expect.stringContaining('moved on') },
      refusal: { code: 'moved-on', remedy: expect.any(String) },
    });
  });

  it('lets two people press at once, with one effect', async () => {
    const { post } = await startWithColors();

    const answers = await Promise.all([
      post(`${COLORS}/actions/promote`, decision()),
      post(`${COLORS}/actions/promote`, decision()),
    ]);

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('sets an image, and says what it would do when only asked', async () => {
    const { post } = await startWithColors();
    const images = [{ container: 'app', image: 'demo/colors:red' }];

    const dry = await post(
      `${COLORS}/actions/set-image`,
      decision({ images, dryRun: true }),
    );
    const imageBefore = imageOf();
    await post(`${COLORS}/actions/set-image`, decision({ images }));

    expect(dry.body.outcome).toBe('dry-run');
    expect(imageBefore).toBe('demo/colors:green');
    expect(imageOf()).toBe('demo/colors:red');
  });

  function imageOf() {
    return portals.cluster.rollout('colors').spec.template?.spec.containers[0]
      ?.image;
  }

  it('aborts, and says who it was', async () => {
    const { get, post } = await startWithColors();
    await post(`${COLORS}/actions/abort`, decision());
    expect(portals.cluster.rollout('colors').status?.abort).toBe(true);
    // As a controller would.
    portals.cluster.api.patch(
      { group: 'argoproj.io', resource: 'rollouts' },
      'demo',
      'colors',
      { status: { abortedAt: new Date().toISOString() } },
      { type: 'merge', subresource: 'status' },
    );
    await eventually(
      async () => (await get(COLORS)).body.rollout.sentence,
      sentence => sentence.includes(': ada aborted it.'),
    );
  });

  it('limits how much one person can send, but never aborts', async () => {
    const { post } = await startWithColors();
    const path = `${COLORS}/actions/promote`;
    const dry = decision({ dryRun: true });

    const answers = [];
    for (let sent = 0; sent < 40; sent++) {
      answers.push(await post(path, dry));
    }
    const refused = answers.find(({ status }) => status === 429);
    const abort = await post(`${COLORS}/actions/abort`, decision());

    expect(answers[0]?.status).toBe(200);
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused?.body.error.message).toContain('too many actions');
    expect(abort.status).toBe(200);
  });

  it.each([
    ['bad JSON', 400, '{"a":', 'application/json'],
    ['a body over 1 MB', 413, `"${'x'.repeat(1_100_000)}"`, 'application/json'],
    ['a body that breaks the contract', 400, '{"seen":{}}', 'application/json'],
    ['a body that is not JSON', 415, 'promote!', 'text/plain'],
  ])('answers %s with %i', async (_, status, body, type) => {
    const { server } = await startWithColors();
    const answer = await request(server)
      .post(`${COLORS}/actions/promote`)
      .set('Authorization', ada)
      .set('Content-Type', type)
      .send(body);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toEqual(expect.any(String));
  });

  it.each([
    ['?colour=red', 400],
    ['?limit=0', 400],
    ['?limit=many', 400],
    ['?sort=age', 400],
    ['?cursor=nonsense', 400],
    ['?entity=a:b:c', 400],
    ['?limit=1&sort=phase&order=desc', 200],
  ])('answers a list with %s by %i', async (query, status) => {
    const { get } = await portals.start();
    expect((await get(`/api/rollouts/v1/rollouts${query}`)).status).toBe(
      status,
    );
  });

  it.each([
    ['?q=a&q=b', 'Give the parameter "q" once'],
    ['?sort=name&sort=phase', 'Give the parameter "sort" once'],
    ['?sort=na:me', 'request/query/sort must be equal to one of'],
    ['?entity=a:b:c', '"a:b:c" is not an entity reference'],
    ['?colour=red', "Unknown query parameter 'colour'"],
  ])('says what is wrong with %s', async (query, message) => {
    const { get } = await portals.start();
    const answer = await get(`/api/rollouts/v1/rollouts${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain(message);
  });

  it('takes an entity reference as people write it into an address', async () => {
    const { get } = await startWithColors();
    for (const entity of [
      'component:default/colors',
      'component%3Adefault%2Fcolors',
    ]) {
      const answer = await get(`/api/rollouts/v1/rollouts?entity=${entity}`);
      expect(answer.body.items).toHaveLength(1);
    }
  });

  it('refuses unknown actions and unknown rollouts', async () => {
    const { post, get } = await startWithColors();
    expect((await post(`${COLORS}/actions/explode`, decision())).status).toBe(
      400,
    );
    expect((await get(`${COLORS}-nope`)).status).toBe(404);
  });

  it('acts on a cluster itself where it is asked to', async () => {
    const { get } = await portals.start({
      clusters: [
        { name: 'local', cluster: portals.cluster, controller: 'embedded' },
      ],
    });
    const view = await eventually(
      async () => (await get('/api/rollouts/v1/clusters')).body.items[0],
      ({ controller }) =>
        controller.acting === 'embedded' && controller.message === undefined,
    );
    expect(view.controller).toEqual({ mode: 'embedded', acting: 'embedded' });
  });

  it('streams a snapshot, then what changes', async () => {
    const { server } = await startWithColors();
    const stream = await readStream(server, `${ENTITY}/stream`, ada);

    await eventually(
      async () => stream.text(),
      read => read.includes('event: snapshot'),
    );
    portals.cluster.api.patch(
      { group: 'argoproj.io', resource: 'rollouts' },
      'demo',
      'colors',
      { spec: { paused: true } },
      { type: 'merge' },
    );
    await eventually(
      async () => stream.text(),
      read => read.includes('event: rollout'),
    );
    await stream.stop();

    expect(stream.headers.get('cache-control')).toContain('no-transform');
    expect(stream.text()).toMatch(/event: rollout\nid: \S+\ndata: \{"rollout"/);
  });

  it('keeps one cluster’s trouble from the others', async () => {
    portals.cluster.createRollout(canary());
    const other = await startTestCluster();
    try {
      other.createRollout(canary());
      const { get } = await portals.start({
        clusters: [
          { name: 'local', cluster: portals.cluster },
          { name: 'remote', cluster: other },
          { name: 'nowhere', cluster: { kubeconfigFile: '/does/not/exist' } },
        ],
      });
      await eventually(
        async () => (await get(`${ENTITY}/rollouts`)).body.rollouts?.length,
        length => length === 2,
      );

      other.controls.setFaults(() => ({ kind: 'cut' }));
      other.controls.cutWatches();

      const body = await eventually<EntityRolloutsResponse>(
        async () => (await get(`${ENTITY}/rollouts`)).body,
        ({ clusters }) =>
          clusters.some(
            ({ name, state }) => name === 'remote' && state === 'stale',
          ),
      );
      expect(
        body.rollouts.map(({ rollout }) => [
          rollout.ref.cluster,
          rollout.stale !== undefined,
        ]),
      ).toEqual([
        ['local', false],
        ['remote', true],
      ]);
      expect(
        body.clusters.find(({ name }) => name === 'nowhere'),
      ).toMatchObject({
        state: 'unreachable',
        message: expect.stringContaining('/does/not/exist'),
      });
    } finally {
      await other.stop();
    }
  });
});
