import type { ReleaseRequest } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { HistoryEntry } from '../facts/HistoryFact';
import { iso, ofKind } from './entriesOf';

/** What was asked, who voted how, and what became of it. */
export function foldRequests(entries: HistoryEntry[]): ReleaseRequest[] {
  const votes = ofKind(entries, 'vote');
  const comments = ofKind(entries, 'comment');
  const ends = ofKind(entries, 'request-ended');
  const emergencies = ofKind(entries, 'emergency');
  return ofKind(entries, 'request').map(({ data }) => {
    const ofRequest = ({
      data: { requestId },
    }: {
      data: { requestId: string };
    }) => requestId === data.id;
    const end = ends.filter(ofRequest).at(-1);
    const emergency = emergencies.find(ofRequest);
    return {
      ...data,
      emergency: data.emergency || emergency !== undefined,
      // An emergency that nobody had asked for is the request itself.
      passed:
        emergency && !data.emergency
          ? {
              by: emergency.data.by,
              at: iso(emergency.at),
              reason: emergency.data.reason,
            }
          : undefined,
      votes: votes.filter(ofRequest).map(vote => vote.data.vote),
      comments: comments.filter(ofRequest).map(comment => ({
        by: comment.data.by,
        at: iso(comment.at),
        text: comment.data.text,
      })),
      state: end?.data.state ?? 'open',
      endedAt: end && iso(end.at),
      endReason: end?.data.reason ?? data.endReason,
    };
  });
}
