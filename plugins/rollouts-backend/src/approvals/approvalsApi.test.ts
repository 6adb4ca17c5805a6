import {
  APPROVALS,
  COLORS,
  startApprovals,
  twoOfOwners,
} from '../__testUtils__/approvalsPortal';

// Making a cluster's keys takes seconds on a busy machine.
jest.setTimeout(60_000);

describe('approvals over HTTP', () => {
  let world: Awaited<ReturnType<typeof startApprovals>>;

  beforeAll(async () => {
    world = await startApprovals();
  });
  afterEach(() => world.stopPortal());
  afterAll(() => world.stop());

  it('says on the locked button why, and what would unlock it', async () => {
    const { locks, promote } = await world.start();
    await expect(locks()).resolves.toMatchObject([
      {
        gate: 'approval',
        name: 'two-of-owners',
        reason:
          'Two of the owners asks for 2 approvals of group:default/palette.',
        remedy: 'Ask for approval.',
      },
    ]);
    const answer = await promote('ada');
    expect(answer.status).toBe(423);
    expect(answer.body.refusal).toMatchObject({ code: 'locked' });
    expect(world.isPaused()).toBe(true);
  });

  it('promotes once, when the second owner has approved, with both on record', async () => {
    const { ask, approve, get } = await world.start();
    const asked = await ask();
    expect(asked).toMatchObject({
      state: 'pending',
      label: 'Promote to 40 %',
      requestedBy: 'user:default/ada',
      bound: world.seen(),
      snapshot: { weights: { desired: 20 } },
      requirements: [{ required: 2, given: 0 }],
    });

    const first = await approve('ben', asked);
    expect(first.body).toMatchObject({
      state: 'pending',
      requirements: [{ given: 1, satisfied: false }],
    });
    const second = await approve('cleo', asked);

    expect(second.body).toMatchObject({
      state: 'executed',
      votes: [
        { by: 'user:default/ben', decision: 'approve' },
        { by: 'user:default/cleo', decision: 'approve' },
      ],
      execution: { by: 'user:default/cleo' },
    });
    expect(world.isPaused()).toBe(false);
    const page = await get(`${COLORS}/approvals?state=all`);
    expect(page.body).toMatchObject({ total: 1, items: [{ id: asked.id }] });
    const { body } = await get(COLORS);
    expect(body.rollout.timeline).toContainEqual(
      expect.objectContaining({
        text: expect.stringContaining(
          'Approved, as ada has asked: the numbers are good',
        ),
        by: 'user:default/cleo',
      }),
    );
  });

  it('only unlocks the button when the policy says so, for one use', async () => {
    const { ask, approve, promote, locks } = await world.start([
      { ...twoOfOwners, onApproval: 'unlock' },
    ]);
    const asked = await ask();
    await approve('ben', asked);
    const second = await approve('cleo', asked);
    expect(second.body).toMatchObject({ state: 'approved' });
    expect(second.body.notice).toMatch(/is unlocked/);
    expect(world.isPaused()).toBe(true);
    await expect(locks()).resolves.toBeUndefined();

    const [one, other] = await Promise.all([promote('ada'), promote('ben')]);

    expect([one.status, other.status].sort()).toEqual([
      200,
      expect.any(Number),
    ]);
    expect(
      [one.status, other.status].filter(status => status === 200),
    ).toHaveLength(1);
    expect(world.isPaused()).toBe(false);
  });

  it('lists for each person what waits for them', async () => {
    const { ask, get } = await world.start();
    const asked = await ask();
    const waiting = async (name: string) =>
      (await get(`${APPROVALS}/waiting`, name)).body.items.map(
        ({ id }: { id: string }) => id,
      );
    await expect(waiting('ben')).resolves.toEqual([asked.id]);
    await expect(waiting('ada')).resolves.toEqual([]);
    await expect(waiting('grace')).resolves.toEqual([]);
  });

  it('asks once per key, and sends a second person to the open request', async () => {
    const { ask, post } = await world.start();
    const body = { idempotencyKey: world.key() };
    const first = await ask('ada', body);
    await expect(ask('ada', body)).resolves.toMatchObject({ id: first.id });
    const other = await post('ben', `${COLORS}/approvals`, {
      idempotencyKey: world.key(),
      seen: world.seen(),
      action: 'promote',
    });
    expect(other.status).toBe(409);
    expect(other.body.refusal.remedy).toContain(first.id);
  });

  it('refuses the key of another decision', async () => {
    const { ask } = await world.start();
    const idempotencyKey = world.key();
    await ask('ada', { idempotencyKey });
    await expect(
      ask('ada', { idempotencyKey, action: 'promote-full' }),
    ).rejects.toThrow(/belongs to another decision/);
  });

  it('is ended by one rejection, which needs a reason', async () => {
    const { ask, post, approve } = await world.start();
    const asked = await ask();
    const path = `${APPROVALS}/${asked.id}/reject`;
    expect((await post('ben', path, { reason: '  ' })).status).toBe(400);
    const rejected = await post('ben', path, { reason: 'errors in the log' });
    expect(rejected.body).toMatchObject({
      state: 'rejected',
      stateReason: 'errors in the log',
    });
    expect((await approve('cleo', asked)).status).toBe(409);
  });

  it('can be withdrawn by who asked, and by nobody else', async () => {
    const { ask, post } = await world.start();
    const { id } = await ask();
    const withdraw = (name: string) =>
      post(name, `${APPROVALS}/${id}/withdraw`, { reason: 'not yet' });
    expect((await withdraw('ben')).status).toBe(403);
    expect((await withdraw('ada')).body).toMatchObject({ state: 'withdrawn' });
  });

  it('keeps what people say about it', async () => {
    const { ask, post, requestOf } = await world.start();
    const { id } = await ask();
    await post('ben', `${APPROVALS}/${id}/comments`, { text: 'Looking.' });
    await expect(requestOf(id)).resolves.toMatchObject({
      comments: [{ by: 'user:default/ben', text: 'Looking.' }],
    });
  });

  it('asks every policy that matches, each of its own people', async () => {
    const { ask, approve } = await world.start([
      { ...twoOfOwners, count: 1 },
      {
        name: 'harbor-agrees',
        approvers: [{ group: 'harbor' }],
        onApproval: 'act',
      },
    ]);
    const asked = await ask();
    expect((await approve('ben', asked)).body).toMatchObject({
      state: 'pending',
      requirements: [{ satisfied: true }, { satisfied: false }],
    });
    expect((await approve('grace', asked)).body).toMatchObject({
      state: 'executed',
    });
  });

  it('only unlocks when one of the policies says so', async () => {
    const { ask, approve } = await world.start([
      { ...twoOfOwners, count: 1 },
      { name: 'careful', count: 1, match: 'all', actions: ['promote'] },
    ]);
    const asked = await ask();
    expect((await approve('ben', asked)).body.state).toBe('approved');
    expect(world.isPaused()).toBe(true);
  });

  it('is valid for as long as the strictest of the policies says', async () => {
    const { ask } = await world.start([
      { ...twoOfOwners, validity: '2h' },
      { name: 'careful', validity: '1h', actions: ['promote'] },
    ]);
    const { createdAt, expiresAt } = await ask();
    expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(3_600_000);
  });

  it('cannot be asked for what could not be done anyway', async () => {
    const { ask } = await world.start([
      { ...twoOfOwners, actions: ['resume'] },
    ]);
    await expect(ask('ada', { action: 'resume' })).rejects.toThrow(
      /not paused by hand/,
    );
  });

  it('applies an optional policy where the entity’s annotation names it', async () => {
    const { locks } = await world.start([{ name: 'careful', optIn: true }], {
      annotations: { 'progressive-delivery.io/approval-policies': 'careful' },
    });
    await expect(locks()).resolves.toMatchObject([{ name: 'careful' }]);
  });

  it('passes in an emergency, with the permission and a reason', async () => {
    const { promote, get, auditEvents } = await world.start();
    expect((await promote('ada', { emergency: true })).status).toBe(422);
    const done = await promote('ada', {
      emergency: true,
      reason: 'customers cannot pay',
    });
    expect(done.body).toMatchObject({ outcome: 'applied' });
    expect(auditEvents.at(-1)).toMatchObject({
      meta: { emergency: true, reason: 'customers cannot pay' },
      ended: 'success',
    });
    const { body } = await get(COLORS);
    expect(body.rollout.timeline).toContainEqual(
      expect.objectContaining({
        source: 'action',
        severity: 'warning',
        title: 'promote in an emergency',
        by: 'user:default/ada',
      }),
    );
  });

  it('never keeps anybody from aborting', async () => {
    const { post } = await world.start([
      { ...twoOfOwners, approvers: [{ group: 'nobody-there' }] },
    ]);
    const answer = await post('ada', `${COLORS}/actions/abort`, {
      idempotencyKey: world.key(),
      seen: world.seen(),
    });
    expect(answer.body).toMatchObject({ outcome: expect.any(String) });
    expect(world.cluster.rollout('colors').status?.abort).toBe(true);
  });
});
