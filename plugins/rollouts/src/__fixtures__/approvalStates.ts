import type {
  ActionLock,
  ApprovalRequestDetail,
  EntityRolloutsResponse,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  ADA,
  approvalLock,
  approvalRequest,
  APPROVER,
  BOB,
  BYSTANDER,
  freezeLock,
  OLIVIA,
  REQUESTER,
  requirement,
} from './approvals';
import { paused } from './progressStates';
import { ago, ownersAccess, readersAccess } from './rollout';
import type { ApprovalStateName } from './stateNames';

export interface ApprovalState {
  rollout: RolloutDetail;
  requests: ApprovalRequestDetail[];
  access: EntityRolloutsResponse['rollouts'][number]['access'];
}

const OPEN: Partial<ActionLock> = {
  reason:
    'Production needs two asks for 2 approvals of group:default/colors-owners; 1 of 2 given.',
  remedy: 'Wait for the others.',
  requestId: 'q1',
};
const RIGHTS = {
  'request-approval': { allowed: true },
  'decide-approval': { allowed: true },
  emergency: { allowed: false, reason: 'on-call may do this.' },
};

/** `colors`, paused, with the promotion locked or not. */
function waiting(now: number, locks: ActionLock[]): RolloutDetail {
  const rollout = paused(now);
  return {
    ...rollout,
    actions: rollout.actions.map(view =>
      view.applicable && view.action.startsWith('promote') && locks.length > 0
        ? { ...view, locks }
        : view,
    ),
  };
}

/** The rollout, the requests and the rights in a state. */
export function approvalState(
  name: ApprovalStateName,
  now: number,
): ApprovalState {
  const state = (
    locks: ActionLock[],
    requests: ApprovalRequestDetail[],
    access: object = RIGHTS,
  ): ApprovalState => ({
    rollout: waiting(now, locks),
    requests,
    access: { ...ownersAccess, ...access },
  });
  const adaApproved = {
    by: ADA,
    at: ago(now, 95),
    decision: 'approve' as const,
    reason: 'Errors are flat.',
  };
  const bobApproved = {
    by: BOB,
    at: ago(now, 20),
    decision: 'approve' as const,
  };
  const partly = {
    id: 'q1',
    requirements: [requirement(1)],
    votes: [adaApproved],
    comments: [
      {
        id: 'c1',
        by: BOB,
        at: ago(now, 40),
        text: 'Looking at the latency first.',
      },
    ],
  };
  switch (name) {
    case 'approval-needed':
      return state([approvalLock()], []);
    case 'approval-asked':
      return state(
        [approvalLock({ ...OPEN, requestId: 'q1' })],
        [approvalRequest(now, { id: 'q1' })],
      );
    case 'approval-requester':
      return state(
        [approvalLock(OPEN)],
        [approvalRequest(now, { ...partly, rights: REQUESTER })],
      );
    case 'approval-bystander':
      return state(
        [approvalLock(OPEN)],
        [approvalRequest(now, { ...partly, rights: BYSTANDER })],
        { ...readersAccess, ...RIGHTS },
      );
    case 'approval-partly':
      return state(
        [approvalLock(OPEN)],
        [
          approvalRequest(now, {
            ...partly,
            requirements: [
              requirement(1, {
                conditions: [
                  {
                    kind: 'analysis-successful',
                    message: 'The analysis is successful.',
                    met: true,
                  },
                  {
                    kind: 'minimum-requests',
                    message: 'At least 500 requests seen; 312 so far.',
                    met: false,
                  },
                ],
              }),
            ],
            rights: APPROVER,
          }),
        ],
      );
    case 'approval-unlocked':
      return state(
        [],
        [
          approvalRequest(now, {
            ...partly,
            state: 'approved',
            requirements: [requirement(2, { onApproval: 'unlock' })],
            votes: [adaApproved, bobApproved],
            rights: REQUESTER,
          }),
        ],
      );
    case 'approval-rejected':
      return state(
        [approvalLock()],
        [
          approvalRequest(now, {
            id: 'q1',
            state: 'rejected',
            endedAt: ago(now, 30),
            stateReason:
              'Checkout latency doubled since 20:40, look at the traces first.',
            votes: [
              {
                by: BOB,
                at: ago(now, 30),
                decision: 'reject',
                reason:
                  'Checkout latency doubled since 20:40, look at the traces first.',
              },
            ],
            rights: REQUESTER,
          }),
        ],
      );
    case 'approval-voided':
      return state(
        [approvalLock()],
        [
          approvalRequest(now, {
            ...partly,
            state: 'voided',
            endedAt: ago(now, 120),
            stateReason:
              'The image was changed from demo/colors:yellow to demo/colors:green.',
            rights: REQUESTER,
          }),
        ],
      );
    case 'approval-expired':
      return state(
        [approvalLock()],
        [
          approvalRequest(now, {
            ...partly,
            state: 'expired',
            createdAt: ago(now, 3_900),
            endedAt: ago(now, 300),
            expiresAt: ago(now, 300),
            stateReason: 'Nobody answered within an hour.',
            rights: REQUESTER,
          }),
        ],
      );
    case 'frozen':
      return state([freezeLock(now)], [], {
        ...RIGHTS,
        emergency: { allowed: true },
      });
    default:
      return {
        ...state([], []),
        rollout: {
          ...waiting(now, []),
          timeline: [
            {
              id: 'emergency',
              at: ago(now, 60),
              source: 'action',
              severity: 'warning',
              title: 'Emergency: promote',
              text: 'Passed “Black Friday” and “Production needs two”: checkout answers 500s for everybody with a voucher.',
              by: OLIVIA,
            },
            ...paused(now).timeline,
          ],
        },
      };
  }
}
