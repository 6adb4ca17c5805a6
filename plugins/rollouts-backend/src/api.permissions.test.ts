import request from 'supertest';
import type { EntityRolloutsResponse } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from './__testUtils__/rollouts';
import { component, eventually } from './__testUtils__/testPortal';
import { COLORS, ENTITY, withColors } from './__testUtils__/withColors';

// Making a cluster's keys takes seconds on a busy machine.
jest.setTimeout(60_000);

describe('permissions of the HTTP API', () => {
  const { portals, startWithColors, decision } = withColors();

  const reads = [
    COLORS,
    `${COLORS}/analysis-runs`,
    `${COLORS}/pods/x/log`,
    `${ENTITY}/rollouts`,
    `${ENTITY}/stream`,
  ];

  it('are needed for every read', async () => {
    const { get, server } = await startWithColors({ allow: () => false });
    for (const path of reads) {
      expect((await get(path)).status).toBe(403);
      const anonymous = await request(server)
        .get(path)
        .set('Authorization', 'Bearer mock-none-token');
      expect(anonymous.status).toBe(401);
    }
    expect((await get('/api/rollouts/v1/rollouts')).body.items).toEqual([]);
  });

  it('do not matter for clusters and lists, but who asks must be known', async () => {
    const { server } = await portals.start();
    for (const path of ['clusters', 'rollouts']) {
      const { status, text } = await request(server)
        .get(`/api/rollouts/v1/${path}`)
        .set('Authorization', 'Bearer mock-none-token');
      expect(status).toBe(401);
      expect(text).not.toContain('local');
    }
  });

  it('are each action’s own', async () => {
    const { post, get, auditEvents } = await startWithColors({
      allow: name => name === 'rollouts.read' || name === 'rollouts.pause',
    });

    const refused = await post(`${COLORS}/actions/abort`, decision());
    const { body } = await get(COLORS);

    expect(refused.status).toBe(403);
    expect(refused.body.refusal.code).toBe('not-permitted');
    expect(auditEvents.at(-1)?.ended).toBe('fail');
    expect(body.access.pause).toEqual({ allowed: true });
    expect(body.access.abort).toMatchObject({
      allowed: false,
      reason: expect.stringContaining('component:default/colors'),
    });
    expect(portals.cluster.rollout('colors').status?.abort).toBeUndefined();
  });

  it('do not follow from an annotation alone', async () => {
    portals.cluster.createRollout(
      canary({ name: 'payments', kubernetesId: 'payments' }),
    );
    const { get, post } = await portals.start({
      entities: [
        component('colors', {
          'backstage.io/kubernetes-label-selector':
            'backstage.io/kubernetes-id=payments',
        }),
      ],
    });
    const path = '/api/rollouts/v1/rollouts/local/demo/payments';
    await eventually(
      async () => (await get(path)).status,
      status => status === 200,
    );

    const { metadata } = portals.cluster.rollout('payments');
    const answer = await post(`${path}/actions/abort`, {
      idempotencyKey: 'somebody-elses',
      seen: { uid: metadata.uid, generation: 1, podHash: 'green' },
    });

    expect(answer.status).toBe(403);
    expect(answer.body.refusal.code).toBe('not-mapped');
  });

  it('are the operator’s to map: what belongs to others is not shown', async () => {
    portals.cluster.createRollout(canary());
    const { get } = await portals.start({
      rollouts: {
        ownership: [{ namespace: 'demo', entity: 'component:default/other' }],
      },
    });
    const body = await eventually<EntityRolloutsResponse>(
      async () => (await get(`${ENTITY}/rollouts`)).body,
      answer => answer.refused.length > 0,
    );
    expect(body.rollouts).toEqual([]);
    expect(body.refused[0]?.message).toContain('rollouts.ownership');
  });

  it('are the operator’s to map for the list, the detail and the logs too', async () => {
    portals.cluster.createRollout(canary());
    const { get } = await portals.start({
      allow: (_, entityRef) => entityRef !== undefined,
      rollouts: {
        ownership: [{ namespace: 'demo', entity: 'component:default/other' }],
      },
    });
    await eventually<EntityRolloutsResponse>(
      async () => (await get(`${ENTITY}/rollouts`)).body,
      answer => answer.refused.length > 0,
    );

    for (const path of [
      COLORS,
      `${COLORS}/analysis-runs`,
      `${COLORS}/pods/x/log`,
    ]) {
      expect((await get(path)).status).toBe(403);
    }
    expect((await get('/api/rollouts/v1/rollouts')).body).toMatchObject({
      items: [],
      total: 0,
    });
  });

  it('open logs only where the cluster agrees, and only of the rollout’s own pods', async () => {
    portals.cluster.createRollout(canary());
    portals.cluster.createRollout(
      canary({ name: 'payments', kubernetesId: 'payments' }),
    );
    portals.cluster.api.create(
      { group: '', resource: 'pods' },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'bystander', namespace: 'demo' },
        spec: { containers: [{ name: 'app', image: 'demo/colors:green' }] },
      },
    );
    const { get } = await portals.start({
      entities: [
        component('colors', {
          'backstage.io/kubernetes-label-selector':
            'backstage.io/kubernetes-id in (colors, payments)',
        }),
      ],
    });
    const payments = '/api/rollouts/v1/rollouts/local/demo/payments';
    for (const path of [COLORS, payments]) {
      await eventually(
        async () => (await get(path)).status,
        status => status === 200,
      );
    }

    expect((await get(`${payments}/pods/bystander/log`)).status).toBe(403);
    expect((await get(`${COLORS}/pods/bystander/log`)).status).toBe(404);
  });
});
