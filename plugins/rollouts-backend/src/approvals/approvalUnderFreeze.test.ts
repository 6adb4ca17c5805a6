import { startApprovals, twoOfOwners } from '../__testUtils__/approvalsPortal';

// Making a cluster's keys takes seconds on a busy machine.
jest.setTimeout(60_000);

describe('an action that a freeze and a policy keep', () => {
  let world: Awaited<ReturnType<typeof startApprovals>>;

  beforeAll(async () => {
    world = await startApprovals();
  });
  afterEach(() => world.stopPortal());
  afterAll(() => world.stop());

  const start = () =>
    world.start([], {
      rollouts: {
        approvals: { policies: [{ ...twoOfOwners, onApproval: 'unlock' }] },
        freezes: [
          {
            name: 'Black Friday',
            reason: 'Ask the duty manager',
            timeZone: 'UTC',
            start: new Date(Date.now() - 3_600_000).toISOString().slice(0, 16),
            duration: 'PT2H',
          },
        ],
      },
    });

  it('is refused by the freeze alone, which says nothing of approvals', async () => {
    const { promote, locks } = await start();
    const refused = await promote('ada');
    expect(refused.status).toBe(423);
    expect(
      refused.body.refusal.locks.map(({ gate }: { gate: string }) => gate),
    ).toEqual(['freeze']);
    expect(refused.body.refusal.message).not.toMatch(/approv/i);
    // The view shows both, the freeze first.
    expect((await locks()).map(({ gate }: { gate: string }) => gate)).toEqual([
      'freeze',
      'approval',
    ]);
  });

  it('does not use up the approval that it has', async () => {
    const { ask, approve, promote, requestOf } = await start();
    const asked = await ask();
    await approve('ben', asked);
    await approve('cleo', asked);
    expect((await promote('ada')).status).toBe(423);
    await expect(requestOf(asked.id)).resolves.toMatchObject({
      state: 'approved',
    });
    const { body } = await promote('ada', {
      emergency: true,
      reason: 'the shop is down',
    });
    expect(body.outcome).toBe('applied');
  });
});
