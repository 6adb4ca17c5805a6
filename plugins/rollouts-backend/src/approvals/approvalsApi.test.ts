import request from 'supertest';
import type {
  ApprovalRequestDetail,
  EntityRolloutsResponse,
  SeenState,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { as, group, user } from '../__testUtils__/people';
import { canary } from '../__testUtils__/rollouts';
import {
  startTestCluster,
  type TestCluster,
} from '../__testUtils__/testCluster';
import {
  component,
  eventually,
  startTestPortal,
  type TestPortalOptions,
} from '../__testUtils__/testPortal';

// Making a cluster's keys takes seconds on a busy machine.
jest.setTimeout(60_000);

const COLORS = '/api/rollouts/v1/rollouts/local/demo/colors';
const ENTITY = '/api/rollouts/v1/entities/component/default/colors';
const APPROVALS = '/api/rollouts/v1/approvals';

const entities = [
  component('colors'),
  group('palette'),
  user('ada', 'palette'),
  user('ben', 'palette'),
  user('cleo', 'palette'),
  user('dora', 'palette'),
  user('grace', 'harbor'),
];

const twoOfOwners = {
  name: 'two-of-owners',
  title: 'Two of the owners',
  count: 2,
  onApproval: 'act',
};

describe('approvals over HTTP', () => {
  let cluster: TestCluster;
  let stopPortal: (() => Promise<void>) | undefined;
  let keys = 0;

  beforeAll(async () => {
    cluster = await startTestCluster();
  });
  afterEach(async () => {
    await stopPortal?.();
    stopPortal = undefined;
    cluster.removeRollouts();
  });
  afterAll(() => cluster.stop());

  async function start(
    policy: object = twoOfOwners,
    options: Partial<TestPortalOptions> = {},
  ) {
    cluster.createRollout(canary());
    const portal = await startTestPortal({
      clusters: [{ name: 'local', cluster }],
      entities,
      rollouts: { approvals: { policies: [policy] } } as never,
      ...options,
    });
    stopPortal = () => portal.stop();
    const get = (path: string, name = 'ada') =>
      request(portal.server).get(path).set('Authorization', as(name));
    const post = (name: string, path: string, body: object = {}) =>
      request(portal.server)
        .post(path)
        .set('Authorization', as(name))
        .send(body);
    await eventually(
      async () => (await get(`${ENTITY}/rollouts`)).body,
      (body: EntityRolloutsResponse) =>
        body.rollouts?.length > 0 &&
        body.clusters.every(({ state }) => state === 'ready'),
    );
    return { ...portal, get, post };
  }

  function seen(): SeenState {
    const { metadata, status } = cluster.rollout('colors');
    return {
      uid: metadata.uid ?? '',
      generation: metadata.generation ?? 0,
      podHash: status?.currentPodHash,
      stepIndex: status?.currentStepIndex,
    };
  }

  const key = () => `key-00000000-${(keys += 1)}`;

  async function ask(
    { post }: Awaited<ReturnType<typeof start>>,
    name = 'ada',
  ): Promise<ApprovalRequestDetail> {
    const answer = await post(name, `${COLORS}/approvals`, {
      idempotencyKey: key(),
      seen: seen(),
      action: 'promote',
      reason: 'the numbers are good',
    });
    expect(answer.body).toMatchObject({ state: 'pending' });
    expect(answer.status).toBe(201);
    return answer.body;
  }

  it('says on the locked button why, and what would unlock it', async () => {
    const { get, post } = await start();
    const { body } = await get(COLORS);
    const promote = body.rollout.actions.find(
      ({ action }: { action: string }) => action === 'promote',
    );
    expect(promote).toMatchObject({
      applicable: true,
      locks: [
        {
          gate: 'approval',
          name: 'two-of-owners',
          reason:
            'Two of the owners asks for 2 approvals of group:default/palette.',
          remedy: 'Ask for approval.',
        },
      ],
    });
    const answer = await post('ada', `${COLORS}/actions/promote`, {
      idempotencyKey: key(),
      seen: seen(),
    });
    expect(answer.status).toBe(423);
    expect(answer.body.refusal).toMatchObject({ code: 'locked' });
    expect(cluster.rollout('colors').status?.pauseConditions).toHaveLength(1);
  });

  it('promotes once, when the second owner has approved, with both on record', async () => {
    const portal = await start();
    const { post, get } = portal;
    const asked = await ask(portal);
    expect(asked).toMatchObject({
      label: 'Promote to 40 %',
      requestedBy: 'user:default/ada',
      bound: seen(),
      snapshot: { weights: { desired: 20 } },
      requirements: [{ required: 2, given: 0 }],
    });

    const first = await post('ben', `${APPROVALS}/${asked.id}/approve`, {
      seen: seen(),
    });
    expect(first.body).toMatchObject({
      state: 'pending',
      requirements: [{ given: 1, satisfied: false }],
    });
    const second = await post('cleo', `${APPROVALS}/${asked.id}/approve`, {
      seen: seen(),
      reason: 'fine',
    });

    expect(second.body).toMatchObject({
      state: 'executed',
      votes: [
        { by: 'user:default/ben', decision: 'approve' },
        { by: 'user:default/cleo', decision: 'approve', reason: 'fine' },
      ],
      execution: { by: 'user:default/cleo' },
    });
    const { status } = cluster.rollout('colors');
    expect(status?.pauseConditions ?? null).toBeNull();
    const late = await post('dora', `${APPROVALS}/${asked.id}/approve`, {
      seen: asked.bound,
    });
    expect(late.status).toBe(409);
    const page = await get(`${COLORS}/approvals?state=all`);
    expect(page.body).toMatchObject({ total: 1, items: [{ id: asked.id }] });
  });

  it('lists for each person what waits for them', async () => {
    const portal = await start();
    const asked = await ask(portal);
    const waiting = async (name: string) =>
      (await portal.get(`${APPROVALS}/waiting`, name)).body.items.map(
        ({ id }: { id: string }) => id,
      );
    await expect(waiting('ben')).resolves.toEqual([asked.id]);
    await expect(waiting('ada')).resolves.toEqual([]);
    await expect(waiting('grace')).resolves.toEqual([]);
  });
});
