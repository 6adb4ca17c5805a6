import { mockCredentials } from '@backstage/backend-test-utils';
import {
  APPROVALS,
  COLORS,
  startApprovals,
  twoOfOwners,
} from '../__testUtils__/approvalsPortal';
import { canary } from '../__testUtils__/rollouts';
import { eventually } from '../__testUtils__/testPortal';

// Making a cluster's keys takes seconds on a busy machine.
jest.setTimeout(60_000);

describe('an approval', () => {
  let world: Awaited<ReturnType<typeof startApprovals>>;

  beforeAll(async () => {
    world = await startApprovals();
  });
  afterEach(() => world.stopPortal());
  afterAll(() => world.stop());

  it('of what was not seen does not count: a forged step, version, generation or object', async () => {
    const { ask, post, requestOf } = await world.start();
    const { id, bound } = await ask();
    const forged = [
      { ...bound, stepIndex: 2 },
      { ...bound, podHash: 'red' },
      { ...bound, generation: bound.generation + 1 },
      { ...bound, uid: 'another' },
    ];
    for (const seen of forged) {
      const answer = await post('ben', `${APPROVALS}/${id}/approve`, { seen });
      expect(answer.status).toBe(409);
      expect(answer.body.refusal.code).toBe('moved-on');
    }
    await expect(requestOf(id)).resolves.toMatchObject({ votes: [] });
  });

  it('cannot be asked for what is not there', async () => {
    const { post } = await world.start();
    const answer = await post('ada', `${COLORS}/approvals`, {
      idempotencyKey: world.key(),
      seen: { ...world.seen(), stepIndex: 3 },
      action: 'promote-full',
    });
    expect(answer.status).toBe(409);
  });

  it('of one’s own request does not count, whatever group one is in', async () => {
    const { ask, approve } = await world.start();
    const answer = await approve('ada', await ask());
    expect(answer.status).toBe(403);
    expect(answer.body.refusal.message).toMatch(/you have asked for it/);
  });

  it('of one’s own change does not count', async () => {
    const { ask, approve } = await world.start(undefined, {
      rollout: {
        metadata: { annotations: { 'progressive-delivery.io/author': 'dora' } },
      },
    });
    const asked = await ask();
    expect(asked.authors).toEqual(['user:default/dora']);
    const answer = await approve('dora', asked);
    expect(answer.status).toBe(403);
    expect(answer.body.refusal.message).toMatch(/you have made the change/);
  });

  it('of one’s own change does not count either where whoever asks may approve', async () => {
    const { ask, approve } = await world.start(
      [{ ...twoOfOwners, count: 1, requesterMayApprove: true }],
      {
        rollout: {
          metadata: {
            annotations: { 'progressive-delivery.io/author': 'ada' },
          },
        },
      },
    );
    expect((await approve('ada', await ask())).status).toBe(403);
  });

  it('of one’s own image, set through the portal, does not count', async () => {
    const { ask, approve, post } = await world.start();
    const set = await post('dora', `${COLORS}/actions/set-image`, {
      idempotencyKey: world.key(),
      seen: world.seen(),
      images: [{ container: 'app', image: 'demo/colors:purple' }],
    });
    expect(set.status).toBe(200);
    const asked = await eventually(
      () => ask().catch(() => undefined),
      made => made !== undefined,
    );
    expect(asked?.authors).toEqual(['user:default/dora']);
    const answer = await approve('dora', asked as NonNullable<typeof asked>);
    expect(answer.status).toBe(403);
  });

  it('needs the person to be in a group that decides', async () => {
    const { ask, approve } = await world.start();
    const answer = await approve('grace', await ask());
    expect(answer.status).toBe(403);
    expect(answer.body.refusal.message).toMatch(/none of the groups/);
  });

  it('needs the permission, which groups do not replace', async () => {
    const { ask, approve, post } = await world.start(undefined, {
      allow: name => name !== 'rollouts.approval.decide',
    });
    const asked = await ask();
    expect((await approve('ben', asked)).status).toBe(403);
    const rejected = await post('ben', `${APPROVALS}/${asked.id}/reject`, {
      reason: 'no',
    });
    expect(rejected.status).toBe(403);
  });

  it('cannot be asked for without the permission', async () => {
    const { ask } = await world.start(undefined, {
      allow: name => name !== 'rollouts.approval.request',
    });
    await expect(ask()).rejects.toThrow(/rollouts.approval.request/);
  });

  it('is a person’s: a service can neither ask nor decide', async () => {
    const { ask, send, requestOf } = await world.start();
    const { id, bound } = await ask();
    const service = mockCredentials.service.header();
    for (const [path, body] of [
      [`${APPROVALS}/${id}/approve`, { seen: bound }],
      [`${APPROVALS}/${id}/reject`, { reason: 'no' }],
      [
        `${COLORS}/approvals`,
        { idempotencyKey: world.key(), seen: bound, action: 'promote-full' },
      ],
    ] as const) {
      expect((await send(service, path, body)).status).toBe(403);
    }
    await expect(requestOf(id)).resolves.toMatchObject({ votes: [] });
  });

  it('is seen by those alone who may see the rollouts, and is else as if it were not there', async () => {
    const rights = { read: true };
    const { ask, get, post } = await world.start(undefined, {
      allow: name => rights.read || name !== 'rollouts.read',
    });
    const { id, bound } = await ask();
    rights.read = false;
    expect((await get(`${APPROVALS}/${id}`, 'ben')).status).toBe(404);
    for (const [what, body] of [
      ['approve', { seen: bound }],
      ['reject', { reason: 'no' }],
      ['comments', { text: 'no' }],
    ] as const) {
      const answer = await post('ben', `${APPROVALS}/${id}/${what}`, body);
      expect(answer.status).toBe(404);
    }
  });

  it('is not talked about by who may neither ask nor decide', async () => {
    const rights = { all: true };
    const { ask, post } = await world.start(undefined, {
      allow: name => rights.all || !name.startsWith('rollouts.approval.'),
    });
    const { id } = await ask();
    rights.all = false;
    const answer = await post('ben', `${APPROVALS}/${id}/comments`, {
      text: 'hello',
    });
    expect(answer.status).toBe(403);
  });

  it('is one person’s, however their ref is spelt', async () => {
    const { ask, send, requestOf } = await world.start();
    const { id, bound } = await ask();
    for (const spelling of ['user:default/Ada', 'User:Default/ada']) {
      const answer = await send(
        mockCredentials.user.header(spelling),
        `${APPROVALS}/${id}/approve`,
        { seen: bound },
      );
      expect(answer.status).toBe(403);
      expect(answer.body.refusal.message).toMatch(/you have asked for it/);
    }
    await expect(requestOf(id)).resolves.toMatchObject({ votes: [] });
  });

  it('is carried out although somebody has used its id as a key of their own', async () => {
    const { ask, approve, promote } = await world.start();
    const asked = await ask();
    const taken = await promote('grace', { idempotencyKey: asked.id });
    expect(taken.status).toBe(423);
    await approve('ben', asked);
    expect((await approve('cleo', asked)).body.state).toBe('executed');
  });

  it('counts once', async () => {
    const { ask, approve, requestOf } = await world.start();
    const asked = await ask();
    await approve('ben', asked);
    expect((await approve('ben', asked)).status).toBe(403);
    await expect(requestOf(asked.id)).resolves.toMatchObject({
      state: 'pending',
      requirements: [{ given: 1 }],
    });
  });

  it('is void once the rollout has moved on, and says why', async () => {
    const { ask, approve, requestOf } = await world.start();
    const asked = await ask();
    world.writeStatus({ currentStepIndex: 3 });
    const voided = await eventually(
      () => requestOf(asked.id),
      ({ state }) => state !== 'pending',
    );
    expect(voided).toMatchObject({
      state: 'voided',
      stateReason: 'It has moved from step 2 to step 4.',
    });
    expect((await approve('ben', asked)).status).toBe(409);
  });

  it('is void once the rollout was deleted and made again', async () => {
    const { ask, requestOf } = await world.start();
    const asked = await ask();
    world.cluster.removeRollouts();
    world.cluster.createRollout(canary());
    const voided = await eventually(
      () => requestOf(asked.id),
      ({ state }) => state !== 'pending',
    );
    expect(voided.state).toBe('voided');
    expect(voided.stateReason).toMatch(/deleted/);
  });

  it('does not unlock what has moved on after the last vote', async () => {
    const { ask, approve, promote, requestOf } = await world.start([
      { ...twoOfOwners, onApproval: 'unlock' },
    ]);
    const asked = await ask();
    await approve('ben', asked);
    await approve('cleo', asked);
    world.writeStatus({ currentStepIndex: 3 });

    const answer = await promote('ada');

    expect(answer.status).toBe(423);
    expect(world.isPaused()).toBe(true);
    const after = await eventually(
      () => requestOf(asked.id),
      ({ state }) => state !== 'approved',
    );
    expect(after.state).toBe('voided');
  });

  it('of another action or other images unlocks nothing', async () => {
    const { ask, approve, post } = await world.start([
      {
        ...twoOfOwners,
        onApproval: 'unlock',
        actions: ['promote', 'set-image'],
      },
    ]);
    const images = [{ container: 'app', image: 'demo/colors:purple' }];
    const asked = await ask('ada', { action: 'set-image', images });
    await approve('ben', asked);
    await approve('cleo', asked);
    const act = (action: string, parameters: object = {}) =>
      post('ada', `${COLORS}/actions/${action}`, {
        idempotencyKey: world.key(),
        seen: world.seen(),
        ...parameters,
      });
    expect((await act('promote')).status).toBe(423);
    const other = [{ container: 'app', image: 'demo/colors:red' }];
    expect((await act('set-image', { images: other })).status).toBe(423);
    expect((await act('set-image', { images })).status).toBe(200);
  });

  it('is carried out with the rights of who gives the last one; without them it only unlocks', async () => {
    const { ask, approve } = await world.start(undefined, {
      allow: name => name !== 'rollouts.promote',
    });
    const asked = await ask();
    await approve('ben', asked);
    const last = await approve('cleo', asked);
    expect(last.body).toMatchObject({ state: 'approved' });
    expect(last.body.notice).toMatch(/not carried out/);
    expect(world.isPaused()).toBe(true);
  });

  it('is not passed by an emergency without its permission', async () => {
    const { promote } = await world.start(undefined, {
      allow: name => name !== 'rollouts.emergency',
    });
    const answer = await promote('ada', { emergency: true, reason: 'fire' });
    expect(answer.status).toBe(403);
    expect(world.isPaused()).toBe(true);
  });

  it('by a policy with an unknown group is closed, and says where', async () => {
    const { locks } = await world.start([
      { ...twoOfOwners, approvers: [{ group: 'nobody-there' }] },
    ]);
    const found = await eventually(
      () => locks(),
      ([lock]) => lock.reason.includes('nobody-there'),
    );
    expect(found[0]).toMatchObject({
      reason: expect.stringContaining(
        'rollouts.approvals.policies[0].approvers[0]: the catalog has no group:default/nobody-there',
      ),
    });
  });

  it('by a policy that an annotation names and nobody has written is closed', async () => {
    const { locks, promote, ask, get } = await world.start([], {
      annotations: { 'progressive-delivery.io/approval-policies': 'gone' },
    });
    await expect(locks()).resolves.toMatchObject([
      { name: 'gone', reason: expect.stringContaining('does not exist') },
    ]);
    expect((await promote('ada')).status).toBe(423);
    // A request would wait for ever: nobody could carry it out.
    await expect(ask()).rejects.toThrow(
      /423 .*does not exist.*until the policy is mended/,
    );
    expect((await get(`${COLORS}/approvals?state=all`)).body.total).toBe(0);
  });
});
