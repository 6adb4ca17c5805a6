import type { ApprovalRecord } from '../store/ApprovalRecord';

/** Whether a request waits for a person, by the refs that are theirs. */
export function decidableBy(
  request: Pick<
    ApprovalRecord,
    'state' | 'policies' | 'votes' | 'barred' | 'represented'
  >,
  person: { userRef?: string; ownershipRefs: readonly string[] },
): boolean {
  if (request.state !== 'pending') {
    return false;
  }
  const { ownershipRefs } = person;
  const userRef =
    person.userRef ?? ownershipRefs.find(ref => ref.startsWith('user:'));
  const spoken = [
    ...request.votes.map(vote => vote.person),
    ...request.barred.map(bar => bar.person),
    ...request.represented,
  ];
  return (
    (userRef === undefined || !spoken.includes(userRef)) &&
    request.policies.some(({ approvers }) =>
      approvers.some(ref => ownershipRefs.includes(ref)),
    )
  );
}
