import type {
  AnalysisRunView,
  KubeEvent,
  TimelineEntry,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

const MOST_ENTRIES = 100;

/** Events, actions and decisions in one line of time, newest first. */
export function timeline(
  events: KubeEvent[],
  actions: TimelineEntry[],
  runs: AnalysisRunView[],
): TimelineEntry[] {
  return [
    ...events.map(eventEntry),
    ...actions,
    ...runs.filter(run => run.completedAt !== undefined).map(decisionEntry),
  ]
    .sort((a, b) => b.at.localeCompare(a.at) || b.id.localeCompare(a.id))
    .slice(0, MOST_ENTRIES);
}

function eventEntry(event: KubeEvent): TimelineEntry {
  const { metadata } = event;
  return {
    id: `event/${metadata.uid ?? metadata.name}`,
    at: toSeconds(
      event.lastTimestamp ??
        event.eventTime ??
        event.firstTimestamp ??
        metadata.creationTimestamp ??
        '',
    ),
    source: 'event',
    severity: event.type === 'Warning' ? 'warning' : 'info',
    title: event.reason ?? 'Event',
    text: event.message ?? '',
    by: event.reportingComponent || event.source?.component || undefined,
    count: event.count,
  };
}

function decisionEntry(run: AnalysisRunView): TimelineEntry {
  const bad = run.phase === 'Failed' || run.phase === 'Error';
  const other = run.phase === 'Successful' ? 'info' : 'warning';
  return {
    id: `analysis/${run.uid}`,
    at: toSeconds(run.completedAt ?? ''),
    source: 'analysis',
    severity: bad ? 'error' : other,
    title: `Analysis ${run.phase.toLowerCase()}`,
    text: run.verdict ?? `${run.name}: ${run.phase.toLowerCase()}`,
  };
}

/** RFC 3339 in UTC to the second, so that texts sort as times do. */
function toSeconds(time: string): string {
  const at = Date.parse(time);
  return Number.isNaN(at)
    ? time
    : `${new Date(at).toISOString().slice(0, 19)}Z`;
}
