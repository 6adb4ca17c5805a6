import { newApproval, PALETTE, policy } from '../__testUtils__/approvals';
import { canary } from '../__testUtils__/rollouts';
import type { ActingSubject } from '../gates/ActionGate';
import { ApprovalGate } from './ApprovalGate';
import { ApprovalJudge } from './ApprovalJudge';
import type { OpenApprovals } from './OpenApprovals';
import type { ApprovalRecord } from './store/ApprovalRecord';
import type { ApprovalStore } from './store/ApprovalStore';

const HOUR = 60 * 60_000;

const subject: ActingSubject = {
  ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
  uid: 'u1',
  entities: [{ entityRef: 'component:default/colors', ownerRefs: [PALETTE] }],
  action: 'promote',
  rollout: canary({
    metadata: { name: 'colors', namespace: 'demo', uid: 'u1', generation: 3 },
  }),
  actionId: 'a1',
  principal: 'user:default/ben',
  entityRef: 'component:default/colors',
  details: {},
};

const approved: ApprovalRecord = {
  ...newApproval(),
  requestHash: 'hash',
  represented: [],
  state: 'approved',
  version: 4,
  createdAt: 0,
  expiresAt: HOUR,
  votes: ['ben', 'cleo'].map(name => ({
    person: `user:default/${name}`,
    decision: 'approve',
    countsAs: [PALETTE],
    at: 1,
  })),
  comments: [],
};

/** A gate whose request is approved; `left`: who is no longer in the group. */
function start(options: {
  left?: string[];
  database?: boolean;
  now?: number;
  /** What it finds moved. */
  moved?: string;
  request?: ApprovalRecord;
  conditions?: Parameters<typeof policy>[0];
  /** Whether the one right to act is still to be had. */
  claimed?: boolean;
}) {
  const {
    left = [],
    database = true,
    now = 1_000,
    moved,
    conditions,
    request = approved,
    claimed = true,
  } = options;
  const claim = jest.fn(async () => ({ claimed, request, facts: [] }));
  const end = jest.fn(async () => ({ ended: true, request, facts: [] }));
  const settle = jest.fn(async () => ({ request, facts: [] }));
  const record = jest.fn(async () => ({ facts: [] }));
  // Only what the gate calls.
  const store = {
    now: async () => now,
    reads: { openOf: async () => [request] },
    claims: { claim, settle },
    end,
    record,
  } as unknown as ApprovalStore;
  const gate = new ApprovalGate({
    store: () => {
      if (!database) {
        throw new Error('the database is not available');
      }
      return store;
    },
    judge: new ApprovalJudge({
      registry: {
        applyingTo: () => ({ policies: [policy(conditions)], broken: [] }),
        whyBroken: () => undefined,
      },
      approvers: { of: () => [PALETTE] },
      directory: {
        standing: async person => ({
          own: new Set(left.includes(person) ? [person] : [person, PALETTE]),
          represented: [],
        }),
      },
      facts: () => ({ analysisRuns: [] }),
    }),
    // As while the database has not been read.
    open: { ofUid: () => [], put: () => {} } as unknown as OpenApprovals,
    moved: () => moved,
    subscribe: () => () => {},
    opensAt: () => {},
  });
  return { gate, claim, end, record };
}

describe('the approval gate at execution', () => {
  it('lets pass what is approved, and uses the approval up', async () => {
    const { gate, claim } = start({});
    await expect(gate.admit(subject, 0)).resolves.toEqual([]);
    expect(claim).toHaveBeenCalledWith('r1', 'a1', 'user:default/ben');
  });

  it('does not count who has left the group since', async () => {
    const { gate, claim } = start({ left: ['user:default/cleo'] });
    await expect(gate.admit(subject, 0)).resolves.toMatchObject([
      {
        name: 'two-of-owners',
        reason: expect.stringContaining('1 of 2 given'),
      },
    ]);
    expect(claim).not.toHaveBeenCalled();
  });

  it('compares once more what it is bound to, and voids what has moved', async () => {
    const { gate, claim, end } = start({ moved: 'It has moved.' });
    await expect(gate.admit(subject, 0)).resolves.toMatchObject([
      { name: 'two-of-owners', remedy: 'Ask for approval.' },
    ]);
    expect(end).toHaveBeenCalledWith('r1', 'voided', {
      reason: 'It has moved.',
      actionId: 'a1',
    });
    expect(claim).not.toHaveBeenCalled();
  });

  it('waits for the controller where the manifest has just been changed, and voids nothing', async () => {
    const { gate, claim, end } = start({ moved: 'It has moved.' });
    const { metadata, ...rollout } = subject.rollout;
    const changed = { ...rollout, metadata: { ...metadata, generation: 4 } };
    await expect(
      gate.admit({ ...subject, rollout: changed }, 0),
    ).resolves.toMatchObject([{ remedy: 'Try again in a moment.' }]);
    expect([claim, end].map(each => each.mock.calls.length)).toEqual([0, 0]);
  });

  it.each([
    ['is pending', { state: 'pending' as const }],
    ['is of another action', { action: 'promote-full' as const }],
    ['is of other images', { details: { toRevision: 1 } }],
  ])('does not let pass by a request that %s', async (_, change) => {
    const { gate, claim } = start({ request: { ...approved, ...change } });
    await expect(gate.admit(subject, 0)).resolves.toHaveLength(1);
    expect(claim).not.toHaveBeenCalled();
  });

  it('does not let pass what a further condition keeps, however many have approved', async () => {
    const { gate, claim } = start({
      conditions: { conditions: { analysisSuccessful: true } },
    });
    await expect(gate.admit(subject, 0)).resolves.toMatchObject([
      { reason: expect.stringContaining('further condition') },
    ]);
    expect(claim).not.toHaveBeenCalled();
  });

  it('lets nobody pass who does not get the one right to act', async () => {
    const { gate } = start({ claimed: false });
    await expect(gate.admit(subject, 0)).resolves.toHaveLength(1);
  });

  it.each([
    ['conflict', true],
    ['moved-on', true],
    ['cluster-unreachable', false],
    ['locked', false],
  ] as const)('voids what ends in "%s": %s', async (code, voided) => {
    const { gate, end } = start({});
    await gate.settle(subject, { refusal: { code, message: 'No.' } });
    expect(end).toHaveBeenCalledTimes(voided ? 1 : 0);
  });

  it('goes by the database’s clock, not by its own that is an hour off', async () => {
    const late = start({ now: 2 * HOUR });
    await expect(late.gate.admit(subject, 0)).resolves.toHaveLength(1);
    const inTime = start({ now: 1_000 });
    await expect(inTime.gate.admit(subject, 2 * HOUR)).resolves.toEqual([]);
  });

  it('stays closed while the database is down, also in an emergency', async () => {
    const { gate } = start({ database: false });
    const locked = [{ reason: expect.stringContaining('database') }];
    await expect(gate.admit(subject, 0)).resolves.toMatchObject(locked);
    await expect(
      gate.admit({ ...subject, emergency: 'fire' }, 0),
    ).resolves.toMatchObject(locked);
  });

  it('records an emergency once, before it passes', async () => {
    const { gate, record, claim } = start({});
    const emergency = { ...subject, emergency: 'fire' };
    await expect(gate.admit(emergency, 0)).resolves.toEqual([]);
    await expect(gate.admit(emergency, 0)).resolves.toEqual([]);
    expect(record).toHaveBeenCalledTimes(1);
    expect(claim).not.toHaveBeenCalled();
  });
});
