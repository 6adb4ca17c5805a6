import {
  approvalDecidePermission,
  approvalRequestPermission,
  rolloutEmergencyPermission,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** What people may do around approvals, besides the actions themselves. */
export const APPROVAL_RIGHTS = [
  'request-approval',
  'decide-approval',
  'emergency',
] as const;

export type ApprovalRight = (typeof APPROVAL_RIGHTS)[number];

export const approvalRightPermissions = {
  'request-approval': approvalRequestPermission,
  'decide-approval': approvalDecidePermission,
  emergency: rolloutEmergencyPermission,
} as const satisfies Record<ApprovalRight, unknown>;

const WORDS: Record<ApprovalRight, string> = {
  'request-approval': 'ask for approval on',
  'decide-approval': 'decide about',
  emergency: 'act in an emergency on',
};

/** Why not, in words. */
export function rightMissing(right: ApprovalRight, entityRef: string) {
  return {
    code: 'not-permitted' as const,
    message: `You may not ${WORDS[right]} the rollouts of ${entityRef}.`,
    remedy: `Ask the portal's operator for the permission ${approvalRightPermissions[right].name}.`,
  };
}
