import type {
  ApprovalSnapshot,
  ReleaseRequest,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ApprovalFact } from '../../approvals/facts/ApprovalFact';
import type { HistoryFact } from '../facts/HistoryFact';
import { snapshotLines } from './snapshotLines';

/**
 * What a fact about an approval is in the history of its rollout.
 *
 * @param snapshot - what was seen when it was asked for
 */
export function toHistoryFacts(
  fact: ApprovalFact,
  snapshot?: ApprovalSnapshot,
): HistoryFact[] {
  const { sequence, at } = fact;
  // An emergency needs no request; it is shown as one all the same.
  const requestId = fact.requestId ?? `emergency-${sequence}`;
  const request = (change: Partial<ReleaseRequest>): HistoryFact => ({
    kind: 'request',
    key: `request/${requestId}`,
    at,
    data: {
      id: requestId,
      action: fact.action,
      requestedBy: fact.by ?? '',
      requestedAt: new Date(at).toISOString(),
      stepIndex: fact.stepIndex,
      policies: [],
      emergency: false,
      snapshot: [
        ...detailsOf(fact),
        ...(snapshot ? snapshotLines(snapshot) : []),
      ],
      ...change,
    },
  });
  const end = (
    state: ReleaseRequest['state'],
    reason?: string,
  ): HistoryFact => ({
    kind: 'request-ended',
    key: `request-ended/${sequence}`,
    at,
    data: { requestId, state, by: fact.by, reason },
  });
  const vote = (
    by: string,
    voted: 'approve' | 'reject',
    comment?: string,
    onBehalfOf?: string,
  ): HistoryFact => ({
    kind: 'vote',
    key: `vote/${sequence}`,
    at,
    data: {
      requestId,
      vote: {
        by,
        at: new Date(at).toISOString(),
        vote: voted,
        comment,
        onBehalfOf,
      },
    },
  });
  switch (fact.kind) {
    case 'requested':
      return [
        request({
          reason: fact.reason,
          policies: fact.policies,
          expiresAt: new Date(fact.expiresAt).toISOString(),
        }),
      ];
    case 'voted':
      return [vote(fact.by, 'approve', fact.reason, fact.onBehalfOf)];
    case 'commented':
      return [
        {
          kind: 'comment',
          key: `comment/${sequence}`,
          at,
          data: { requestId, by: fact.by, text: fact.text },
        },
      ];
    case 'rejected':
      return [
        vote(fact.by, 'reject', fact.reason),
        end('rejected', fact.reason),
      ];
    case 'approved':
    case 'executed':
      return [end(fact.kind)];
    case 'withdrawn':
    case 'voided':
    case 'expired':
      return [end(fact.kind, fact.reason)];
    case 'emergency':
      return [
        ...(fact.requestId === undefined
          ? [
              request({
                reason: fact.reason,
                policies: fact.policies,
                emergency: true,
              }),
            ]
          : []),
        {
          kind: 'emergency',
          key: `emergency/${sequence}`,
          at,
          data: { requestId, by: fact.by, reason: fact.reason },
        },
        end('executed'),
      ];
    default:
      return [];
  }
}

function detailsOf({ details }: ApprovalFact): ReleaseRequest['snapshot'] {
  return Object.entries(details).flatMap(([label, value]) =>
    value === undefined
      ? []
      : [
          {
            label,
            value: typeof value === 'string' ? value : JSON.stringify(value),
          },
        ],
  );
}
