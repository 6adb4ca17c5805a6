import type { NewApproval } from '../store/ApprovalRecord';

/** How long a request is valid: as the policy says that grants least. Milliseconds. */
export function shortestValidity(
  policies: readonly { validityMilliseconds: number }[],
): number {
  return Math.min(
    ...policies.map(({ validityMilliseconds }) => validityMilliseconds),
  );
}

/**
 * Who may not approve: where policies differ, the strictest holds.
 *
 * @param requester - a person's entity ref
 * @param authors - those who made the change, as entity refs
 */
export function barredBy(
  policies: readonly {
    requesterMayApprove: boolean;
    authorMayApprove: boolean;
  }[],
  requester: string,
  authors: readonly string[],
): NewApproval['barred'] {
  const noAuthors = policies.some(policy => !policy.authorMayApprove);
  const noRequester =
    policies.some(policy => !policy.requesterMayApprove) ||
    (noAuthors && authors.includes(requester));
  return [
    ...(noRequester ? [{ person: requester, role: 'requester' as const }] : []),
    ...(noAuthors
      ? authors
          .filter(author => author !== requester)
          .map(person => ({ person, role: 'author' as const }))
      : []),
  ];
}
