import type { ApprovalRights } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** What a person can answer. */
export type ApprovalDecision = keyof ApprovalRights;

/** Why what was typed cannot be sent. */
export function decisionProblem(
  decision: ApprovalDecision,
  text: string,
): 'reasonMissing' | 'textMissing' | undefined {
  if (text.trim() !== '') {
    return undefined;
  }
  if (decision === 'reject') {
    return 'reasonMissing';
  }
  return decision === 'comment' ? 'textMissing' : undefined;
}
