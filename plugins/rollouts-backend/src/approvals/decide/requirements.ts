import type { ApprovalRequirement } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ApprovalPolicy } from '../policy/ApprovalPolicy';
import type { EvaluatedCondition } from './conditions';
import { countVotes, type CountableVote } from './countVotes';

/** What one policy asks, and how far it is met. */
export function requirementOf(
  policy: ApprovalPolicy,
  approvers: readonly string[],
  votes: readonly CountableVote[],
  conditions: readonly EvaluatedCondition[],
  broken: string | undefined,
): ApprovalRequirement {
  const count = countVotes(
    { match: policy.match, count: policy.count, approvers },
    votes,
  );
  const problem =
    broken ??
    (approvers.length === 0
      ? `Policy "${policy.name}" finds nobody who could approve: the entity has no owner.`
      : undefined);
  return {
    policy: policy.name,
    title: policy.title,
    description: policy.description,
    source: policy.source,
    approvers: count.byApprover,
    match: policy.match,
    required: count.required,
    given: count.given,
    requesterMayApprove: policy.requesterMayApprove,
    authorMayApprove: policy.authorMayApprove,
    onApproval: policy.onApproval,
    conditions: conditions.map(({ kind, message, met }) => ({
      kind,
      message,
      met,
    })),
    satisfied: count.satisfied && problem === undefined,
    ...(problem !== undefined && { broken: problem }),
  };
}

/** "2 approvals of group:default/palette or group:default/harbor". */
export function whatIsAsked(requirement: ApprovalRequirement): string {
  const { match, required, approvers } = requirement;
  const names = approvers.map(({ ref }) => ref);
  const who = names.join(match === 'any' ? ' or ' : ' and ');
  const each =
    match === 'all' && names.length > 1
      ? `, ${approvers[0]?.required ?? 1} of each`
      : '';
  return `${required} ${required === 1 ? 'approval' : 'approvals'} of ${who}${each}`;
}
