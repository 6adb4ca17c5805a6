import type { ApprovalPolicyInput } from '@progressive-delivery/backstage-plugin-rollouts-node';
import type {
  ApprovalRecord,
  NewApproval,
} from '../approvals/store/ApprovalRecord';
import { readPolicy } from '../approvals/policy/readPolicies';

export const PALETTE = 'group:default/palette';
export const HARBOR = 'group:default/harbor';

/** A policy as the configuration would have it: two of the owners. */
export function policy(change: Partial<ApprovalPolicyInput> = {}) {
  return readPolicy(
    { name: 'two-of-owners', count: 2, ...change },
    'rollouts.approvals.policies[0]',
    'config',
  );
}

/** Ada asks to promote; Dora has made the change. */
export function newApproval(change: Partial<NewApproval> = {}): NewApproval {
  return {
    id: 'r1',
    idempotencyKey: 'key-r1',
    ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
    bound: { uid: 'u1', generation: 3, podHash: 'green', stepIndex: 1 },
    action: 'promote',
    label: 'Promote to 40 %',
    details: {},
    entityRef: 'component:default/colors',
    ownerRefs: [PALETTE],
    authors: ['user:default/dora'],
    policies: [{ policy: policy(), approvers: [PALETTE] }],
    snapshot: {
      at: '2026-11-01T10:00:00Z',
      phase: 'Paused',
      sentence: 'Green has 20 %.',
      weights: { desired: 20, actual: 20, max: 100, routed: true },
      images: [],
      metrics: [],
      consequences: [],
    },
    requestedBy: 'user:default/ada',
    barred: [
      { person: 'user:default/ada', role: 'requester' },
      { person: 'user:default/dora', role: 'author' },
    ],
    validityMilliseconds: 60 * 60_000,
    ...change,
  };
}

/** The same as it stands in the database before anybody has answered. */
export function approvalRecord(
  change: Partial<ApprovalRecord> = {},
): ApprovalRecord {
  return {
    ...newApproval(),
    requestHash: 'hash',
    represented: [],
    state: 'pending',
    version: 1,
    createdAt: 0,
    expiresAt: 1,
    votes: [],
    comments: [],
    ...change,
  };
}
