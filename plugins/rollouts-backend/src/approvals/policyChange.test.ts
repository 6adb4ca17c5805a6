import { mockServices } from '@backstage/backend-test-utils';
import type { GatedAction } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  ApprovalExtensions,
  type ApprovalPolicyInput,
} from '@progressive-delivery/backstage-plugin-rollouts-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ManualClock } from '@progressive-delivery/kube';
import { approvalRecord, PALETTE } from '../__testUtils__/approvals';
import { canary } from '../__testUtils__/rollouts';
import type { GateSubjects } from '../gates/GateSubjects';
import type { RolloutViews } from '../view/RolloutViews';
import { Approvals } from './Approvals';
import { readPolicy } from './policy/readPolicies';

const rollout = canary({
  metadata: { name: 'colors', namespace: 'demo', uid: 'u1', generation: 3 },
});

/** Approvals under a policy of a source, which says another thing from `change` on. */
async function start(before: ApprovalPolicyInput) {
  let policies = [before];
  const clock = new ManualClock();
  const extensions = new ApprovalExtensions();
  extensions.addPolicySource({
    title: 'the change calendar',
    list: async () => policies,
  });
  const approvals = new Approvals({
    policies: [],
    extensions,
    catalog: catalogServiceMock({ entities: [] }),
    auth: mockServices.auth(),
    database: () => undefined,
    actions: () => undefined,
    // Only what is looked up for a request.
    views: {
      rollout: () => rollout,
      sources: () => undefined,
    } as unknown as RolloutViews,
    subjects: {
      of: (_: string, of: typeof rollout, action: GatedAction) => ({
        ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
        uid: 'u1',
        entities: [
          { entityRef: 'component:default/colors', ownerRefs: [PALETTE] },
        ],
        action,
        rollout: of,
      }),
    } as unknown as GateSubjects,
    isFresh: () => true,
    clock,
    logger: mockServices.logger.mock(),
  });
  approvals.entitiesChanged();
  approvals.start();
  await clock.timerWithin(5_000);
  await approvals.stop();
  return {
    approvals,
    async change(...now: ApprovalPolicyInput[]) {
      policies = now;
      await approvals.registry.refresh();
    },
  };
}

describe('a request whose policy is changed while it is open', () => {
  const asked: ApprovalPolicyInput = { name: 'calendar', count: 2 };
  const request = approvalRecord({
    policies: [
      {
        policy: readPolicy(asked, 'policies[0]', 'module'),
        approvers: [PALETTE],
      },
    ],
  });

  it('stands while the policy says the same', async () => {
    const { approvals, change } = await start(asked);
    expect(approvals.moved(request)).toBeUndefined();
    await change({ ...asked, title: 'Other words' });
    expect(approvals.moved(request)).toBeUndefined();
  });

  it.each<[string, ApprovalPolicyInput[], RegExp]>([
    ['asks more', [{ ...asked, count: 3 }], /"calendar" has changed/],
    ['asks less', [{ ...asked, count: 1 }], /"calendar" has changed/],
    ['is gone', [], /"calendar" does not apply any more/],
    [
      'has company',
      [asked, { name: 'board', count: 1, actions: ['promote'] }],
      /"board" applies by now/,
    ],
  ])('is void when it %s', async (_, now, reason) => {
    const { approvals, change } = await start(asked);
    await change(...now);
    expect(approvals.moved(request)).toMatch(reason);
  });
});
