import type { ApprovalPolicyView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ApprovalPolicy, Approver, BrokenPolicy } from './ApprovalPolicy';

/** A policy for people to read. */
export function policyView(
  policy: ApprovalPolicy,
  broken: string | undefined,
): ApprovalPolicyView {
  return {
    name: policy.name,
    title: policy.title,
    description: policy.description,
    source: policy.source,
    actions: policy.actions.map(({ action }) => action),
    approvers: policy.approvers.map(inWords),
    match: policy.match,
    required: policy.count,
    onApproval: policy.onApproval,
    validitySeconds: policy.validityMilliseconds / 1_000,
    broken,
  };
}

/** What nobody could read: nothing is known of it but that it is closed. */
export function brokenView(policy: BrokenPolicy): ApprovalPolicyView {
  return {
    name: policy.name,
    title: policy.name,
    source: policy.source,
    actions: [],
    approvers: [],
    match: 'any',
    required: 0,
    onApproval: 'unlock',
    validitySeconds: 0,
    broken: policy.message,
  };
}

function inWords(approver: Approver): string {
  switch (approver.kind) {
    case 'owner':
      return 'owner';
    case 'ownerOf':
      return `owner of ${approver.ref}`;
    default:
      return approver.ref;
  }
}
