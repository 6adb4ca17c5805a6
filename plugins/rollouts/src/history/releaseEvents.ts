import type {
  Release,
  ReleaseRequest,
  TimelineEntry,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Translate } from '../translation/ref';

/**
 * Everything that is on record about a release as one list, newest first:
 * what the controller noted, what people asked, answered, said and did, and
 * what ended a pause from outside.
 */
export function releaseEvents(
  release: Pick<Release, 'notes' | 'actions' | 'requests' | 'pauses'>,
  t: Translate,
): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    ...release.notes.map(({ at, severity, text }, i): TimelineEntry => ({
      id: `note ${i}`,
      at,
      source: 'event',
      severity,
      title: t('history.events.note'),
      text,
    })),
    ...release.actions.map(
      ({ id, action, at, by, reason, outcome, message }): TimelineEntry => ({
        id: `action ${id}`,
        at,
        source: 'action',
        severity: outcome === 'refused' ? 'warning' : 'info',
        title: t(`history.events.action.${outcome}`, {
          action: t(`actions.name.${action}`),
        }),
        text: [reason, message].filter(Boolean).join(' · '),
        by,
      }),
    ),
    ...release.pauses
      .filter(({ endedBy }) => endedBy?.kind === 'outside')
      .map(({ endedAt, startedAt }): TimelineEntry => ({
        id: `pause ${startedAt}`,
        at: endedAt ?? startedAt,
        source: 'event',
        severity: 'warning',
        title: t('history.events.pauseOutside'),
        text: '',
      })),
    ...release.requests.flatMap(request => requestEvents(request, t)),
  ];
  return entries.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function requestEvents(request: ReleaseRequest, t: Translate): TimelineEntry[] {
  const action = t(`actions.name.${request.action}`);
  const entry = (
    id: string,
    at: string,
    title: string,
    text: string | undefined,
    by?: string,
    severity: TimelineEntry['severity'] = 'info',
  ): TimelineEntry => ({
    id: `request ${request.id} ${id}`,
    at,
    source: 'action',
    severity,
    title,
    text: text ?? '',
    by,
  });
  const { state, endedAt, passed } = request;
  return [
    entry(
      'asked',
      request.requestedAt,
      t('history.events.asked', { action }),
      request.reason,
      request.requestedBy,
    ),
    ...request.votes.map(({ by, at, vote, comment }, i) =>
      entry(
        `vote ${i}`,
        at,
        t(`history.events.vote.${vote}`, { action }),
        comment,
        by,
        vote === 'reject' ? 'warning' : 'info',
      ),
    ),
    ...request.comments.map(({ by, at, text }, i) =>
      entry(`comment ${i}`, at, t('history.events.comment'), text, by),
    ),
    // Its reason is said by the action.
    ...(passed
      ? [
          entry(
            'passed',
            passed.at,
            t('history.events.passed', { action }),
            undefined,
            passed.by,
            'warning',
          ),
        ]
      : []),
    // The vote itself says that it was rejected.
    ...(endedAt && state !== 'open' && state !== 'rejected'
      ? [
          entry(
            'end',
            endedAt,
            request.emergency && state === 'executed'
              ? t('history.events.unapproved', { action })
              : t(`history.events.request.${state}`, { action }),
            request.endReason,
            undefined,
            state === 'voided' || state === 'expired' ? 'warning' : 'info',
          ),
        ]
      : []),
  ];
}
