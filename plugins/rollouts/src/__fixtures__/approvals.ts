import type {
  ActionLock,
  ApprovalRequestDetail,
  ApprovalRequirement,
  ApprovalRights,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ago } from './rollout';

export const ADA = 'user:default/ada';
export const BOB = 'user:default/bob';
export const OLIVIA = 'user:default/olivia';

const no = (reason: string) => ({ allowed: false, reason });
const yes = { allowed: true };

/** Of somebody in the group that is asked. */
export const APPROVER: ApprovalRights = {
  approve: yes,
  reject: yes,
  withdraw: no('The request is olivia’s.'),
  comment: yes,
};

/** Of who asked. */
export const REQUESTER: ApprovalRights = {
  approve: no('You asked for it: somebody else has to approve.'),
  reject: no('You asked for it: withdraw it instead.'),
  withdraw: yes,
  comment: yes,
};

/** Of somebody who only looks. */
export const BYSTANDER: ApprovalRights = {
  approve: no('colors-owners decide about this; ask one of them.'),
  reject: no('colors-owners decide about this; ask one of them.'),
  withdraw: no('The request is olivia’s.'),
  comment: yes,
};

/** Two of the owners, one still missing. */
export function requirement(
  given: number,
  change: Partial<ApprovalRequirement> = {},
): ApprovalRequirement {
  return {
    policy: 'production-needs-two',
    title: 'Production needs two',
    source: 'config',
    approvers: [{ ref: 'group:default/colors-owners', required: 2, given }],
    match: 'any',
    required: 2,
    given,
    requesterMayApprove: false,
    authorMayApprove: false,
    onApproval: 'act',
    conditions: [],
    satisfied: given >= 2,
    ...change,
  };
}

/** Olivia asks to promote `colors` to 40 %, four minutes ago. */
export function approvalRequest(
  now: number,
  change: Partial<ApprovalRequestDetail> & { id: string },
): ApprovalRequestDetail {
  return {
    ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
    entityRef: 'component:default/colors',
    action: 'promote',
    label: 'Promote to 40 %',
    details: {},
    state: 'pending',
    createdAt: ago(now, 240),
    expiresAt: ago(now, -3_360),
    requestedBy: OLIVIA,
    authors: [OLIVIA],
    reason: 'Errors are flat since ten minutes, latency as before.',
    bound: {
      uid: '0b6f4c1e-8d0c-4a35-9f5e-6a4f2d0f7b11',
      generation: 2,
      podHash: '5f6b7c8d99',
      stepIndex: 1,
    },
    requirements: [requirement(0)],
    votes: [],
    rights: APPROVER,
    comments: [],
    snapshot: {
      at: ago(now, 240),
      phase: 'Paused',
      sentence: '20 % of requests go to green. Waiting for someone to promote.',
      step: { index: 1, count: 8 },
      weights: { desired: 20, actual: 20, max: 100, routed: true },
      images: [
        {
          container: 'colors',
          stable: 'demo/colors:blue',
          current: 'demo/colors:green',
        },
      ],
      metrics: [
        {
          name: 'success rate',
          phase: 'Successful',
          value: '[0.991]',
          successCondition: 'result[0] >= 0.95',
        },
      ],
      consequences: [
        'Routes 40 % of the requests to green and runs 2 pods of it.',
      ],
    },
    ...change,
  };
}

/** What the policy locks, as the backend words it. */
export function approvalLock(change: Partial<ActionLock> = {}): ActionLock {
  return {
    gate: 'approval',
    name: 'production-needs-two',
    reason:
      'Production needs two asks for 2 approvals of group:default/colors-owners.',
    remedy: 'Ask for approval.',
    emergency: true,
    ...change,
  };
}

export function freezeLock(now: number): ActionLock {
  return {
    gate: 'freeze',
    name: 'Black Friday',
    reason:
      'The freeze “Black Friday” lasts until 30 Nov 2026, 06:00 (Europe/Berlin): the shop earns a third of its year this weekend.',
    remedy:
      'Wait for its end. In an emergency, who has the right may go on with a reason; abort is always possible.',
    until: ago(now, -3.3 * 86_400),
    emergency: true,
  };
}
