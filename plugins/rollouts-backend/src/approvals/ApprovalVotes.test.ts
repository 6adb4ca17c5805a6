import {
  approvalRecord,
  HARBOR,
  PALETTE,
  policy,
} from '../__testUtils__/approvals';
import { ApprovalVotes, isApproved } from './ApprovalVotes';
import type { OpenApprovals } from './OpenApprovals';
import type { ApprovalStore } from './store/ApprovalStore';

const pending = approvalRecord();

function start(options: { moved?: string; sameGeneration?: number } = {}) {
  const vote = jest.fn(async () => ({
    outcome: 'counted' as const,
    request: pending,
    facts: [],
  }));
  const end = jest.fn(async () => ({
    ended: true,
    request: { ...pending, state: 'voided' as const },
    facts: [],
  }));
  const votes = new ApprovalVotes({
    // Only what a vote calls.
    store: () => ({ vote, end }) as unknown as ApprovalStore,
    directory: {
      standing: async person => ({
        own: new Set([person, PALETTE]),
        represented: [],
      }),
    },
    open: { put: () => {} } as unknown as OpenApprovals,
    moved: () => options.moved,
    sameGeneration: () => options.sameGeneration,
  });
  const approve = (change: Partial<typeof pending.bound> = {}) =>
    votes.approve({
      request: pending,
      principal: 'user:default/ben',
      seen: { ...pending.bound, ...change },
    });
  return { votes, approve, vote, end };
}

describe('a vote', () => {
  it('is counted as what the person is', async () => {
    const { approve, vote } = start();
    await approve();
    expect(vote).toHaveBeenCalledWith(
      'r1',
      expect.objectContaining({
        person: 'user:default/ben',
        countsAs: [PALETTE],
      }),
      expect.any(Function),
    );
  });

  it.each(['approve', 'reject'] as const)(
    'to %s what has moved voids it instead of being counted',
    async decision => {
      const { votes, approve, vote, end } = start({ moved: 'It has moved.' });
      const answer =
        decision === 'approve'
          ? approve()
          : votes.reject({
              request: pending,
              principal: 'user:default/ben',
              reason: 'no',
            });
      await expect(answer).rejects.toThrow(/voided/);
      expect(vote).not.toHaveBeenCalled();
      expect(end).toHaveBeenCalledWith('r1', 'voided', {
        reason: 'It has moved.',
      });
    },
  );

  it('by a later generation counts where that is known to be the same manifest, and else not', async () => {
    const { approve, vote } = start({ sameGeneration: 4 });
    await approve({ generation: 4 });
    expect(vote).toHaveBeenCalledTimes(1);
    await expect(approve({ generation: 5 })).rejects.toThrow(/What you saw/);
    await expect(start().approve({ generation: 4 })).rejects.toThrow(
      /What you saw/,
    );
  });
});

describe('a request under several policies', () => {
  const vote = (person: string, ref: string) => ({
    person,
    decision: 'approve' as const,
    countsAs: [ref],
    at: 0,
  });
  const request = approvalRecord({
    policies: [
      { policy: policy({ name: 'team', count: 1 }), approvers: [PALETTE] },
      { policy: policy({ name: 'board', count: 1 }), approvers: [HARBOR] },
    ],
  });
  const ben = vote('user:default/ben', PALETTE);
  const cleo = vote('user:default/cleo', HARBOR);

  it.each([
    ['of nobody', 'pending', []],
    ['that the first asks for', 'pending', [ben]],
    ['that the second asks for', 'pending', [cleo]],
    ['that both ask for', 'approved', [ben, cleo]],
  ] as const)('with the approval %s is %s', (_, state, votes) => {
    expect(isApproved({ ...request, votes: [...votes] })).toBe(state);
  });
});
