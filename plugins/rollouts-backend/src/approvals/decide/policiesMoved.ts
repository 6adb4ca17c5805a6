import type { PolicySnapshot } from '../store/ApprovalRecord';

/**
 * Why the policies that apply now are not those that the request was made
 * under. `undefined` while they are.
 */
export function policiesMoved(
  before: readonly PolicySnapshot[],
  now: readonly PolicySnapshot[],
): string | undefined {
  const names = new Set([...before, ...now].map(({ policy }) => policy.name));
  for (const name of names) {
    const [was, is] = [before, now].map(list =>
      list.find(({ policy }) => policy.name === name),
    );
    if (!was) {
      return `The policy "${name}" applies by now.`;
    }
    if (!is) {
      return `The policy "${name}" does not apply any more.`;
    }
    if (asked(was) !== asked(is)) {
      return `The policy "${name}" has changed.`;
    }
    if (refs(was) !== refs(is)) {
      return `Who may approve by the policy "${name}" has changed from ${refs(was) || 'nobody'} to ${refs(is) || 'nobody'}.`;
    }
  }
  return undefined;
}

/** What it asks, without its words and the place where it is written. */
function asked({ policy }: PolicySnapshot): string {
  const {
    match,
    count,
    approvers,
    requesterMayApprove,
    authorMayApprove,
    onApproval,
    conditions,
  } = policy;
  return JSON.stringify([
    match,
    count,
    approvers,
    requesterMayApprove,
    authorMayApprove,
    onApproval,
    conditions.analysisSuccessful,
    conditions.minimumRequests ?? null,
    conditions.minimumStepMilliseconds ?? null,
  ]);
}

function refs({ approvers }: PolicySnapshot): string {
  return [...approvers].sort().join(', ');
}
