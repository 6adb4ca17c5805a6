import { HARBOR, PALETTE, policy } from '../__testUtils__/approvals';
import { canary } from '../__testUtils__/rollouts';
import type { GateSubject } from '../gates/ActionGate';
import { ApprovalJudge } from './ApprovalJudge';
import type { ApprovalPolicy } from './policy/ApprovalPolicy';
import type { VoteRecord } from './store/ApprovalRecord';

const MINUTE = 60_000;
const COLORS = 'component:default/colors';
const BOATS = 'component:default/boats';

function judgeOf(policies: ApprovalPolicy[] = []) {
  return new ApprovalJudge({
    registry: {
      applyingTo: () => ({ policies, broken: [] }),
      whyBroken: () => undefined,
    },
    approvers: { of: (_, { ownerRefs }) => [...ownerRefs] },
    directory: {
      standing: async ref =>
        ({ ref, own: new Set([PALETTE]), stands: [] }) as never,
    },
    facts: () => ({ analysisRuns: [], stepSince: 0 }),
  });
}

/** A rollout of two entities; those of `about` name the policy. */
function subjectOf(...about: string[]): GateSubject {
  const entity = (entityRef: string, owner: string) => ({
    entityRef,
    ownerRefs: [owner],
    approvalPolicies: about.includes(entityRef) ? ['two-of-owners'] : [],
  });
  return {
    ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
    uid: 'u1',
    entities: [entity(COLORS, PALETTE), entity(BOATS, HARBOR)],
    action: 'promote',
    rollout: canary(),
  };
}

describe('who decides about a rollout of two entities', () => {
  const optional = policy({ optIn: true });

  it('are the owners of the one that the policy is about, whichever was asked on', () => {
    const subject = subjectOf(BOATS);
    const judge = judgeOf();
    expect(judge.approversOf(optional, subject, COLORS)).toEqual([HARBOR]);
    expect(judge.approversOf(optional, subject, undefined)).toEqual([HARBOR]);
  });

  it('are those of the one that was asked on, where it is about both', () => {
    const subject = subjectOf(COLORS, BOATS);
    const judge = judgeOf();
    expect(judge.approversOf(optional, subject, BOATS)).toEqual([HARBOR]);
    expect(judge.approversOf(optional, subject, undefined)).toEqual([PALETTE]);
  });

  it('is nobody where it is about neither', () => {
    expect(judgeOf().approversOf(optional, subjectOf(), COLORS)).toEqual([]);
  });
});

it('counts no rejection as an approval', async () => {
  const vote = (person: string, decision: VoteRecord['decision']) => ({
    person,
    decision,
    countsAs: [PALETTE],
    at: 0,
  });
  const votes = [
    vote('user:default/ben', 'approve'),
    vote('user:default/cleo', 'reject'),
  ];
  await expect(judgeOf().votesNow({ votes })).resolves.toEqual([
    { person: 'user:default/ben', countsAs: [PALETTE] },
  ]);
});

it('waits for the longest of the times that policies ask for', () => {
  const policies = [10, 5].map(minutes =>
    policy({
      name: `after-${minutes}`,
      conditions: { minimumStepTime: `${minutes}m` },
    }),
  );
  const { waitsUntil } = judgeOf(policies).judge(subjectOf(), MINUTE);
  expect(waitsUntil).toBe(10 * MINUTE);
});
