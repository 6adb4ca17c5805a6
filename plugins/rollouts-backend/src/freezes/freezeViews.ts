import type {
  FreezeOccurrence,
  FreezeView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { WindowOccurrence } from './windows/FreezeCalendar';
import type { FreezeWindow } from './windows/FreezeWindow';
import type { Occurrence } from './windows/occurrences';

const iso = (instant: number) => new Date(instant).toISOString();

/**
 * A window for people, with the occurrence that is going on or comes next.
 * @param clusters - the names of those that there are now
 */
export function freezeView(
  window: FreezeWindow,
  next: Occurrence | undefined,
  now: number,
  clusters: ReadonlySet<string>,
): FreezeView {
  const { created, ended } = window;
  const warnings = warningsOf(window, clusters);
  return {
    ...window.definition,
    id: window.id,
    source: window.source,
    state: stateOf(next, now),
    hold: window.hold,
    emergency: window.emergency,
    ...(warnings.length > 0 && { warnings }),
    ...(next && { next: { start: iso(next.start), end: iso(next.end) } }),
    ...(created && { createdBy: created.by, createdAt: iso(created.at) }),
    ...(ended && {
      endedBy: ended.by,
      endedAt: iso(ended.at),
      endReason: ended.reason,
    }),
  };
}

/** A cluster may come later, so a name that is not known is no mistake for certain. */
function warningsOf(
  { scope }: FreezeWindow,
  clusters: ReadonlySet<string>,
): string[] {
  return (scope.clusters ?? [])
    .filter(name => !clusters.has(name))
    .map(
      name =>
        `scope.cluster: there is no cluster "${name}" now, so that nothing is frozen there. If the name is wrong, end this window and make another.`,
    );
}

function stateOf(
  next: Occurrence | undefined,
  now: number,
): FreezeView['state'] {
  if (!next) {
    return 'over';
  }
  return next.start <= now ? 'active' : 'upcoming';
}

/**
 * One time that a window is closed, for a calendar or a banner.
 * @param clusters - the names of those that there are now
 */
export function occurrenceView(
  { window, occurrence }: WindowOccurrence,
  now: number,
  clusters: ReadonlySet<string>,
): FreezeOccurrence {
  const { scope } = window.definition;
  const warnings = warningsOf(window, clusters);
  return {
    freezeId: window.id,
    name: window.name,
    reason: window.reason,
    timeZone: window.zone.name,
    start: iso(occurrence.start),
    end: iso(occurrence.end),
    active: occurrence.start <= now && now < occurrence.end,
    hold: window.hold,
    emergency: window.emergency,
    ...(warnings.length > 0 && { warnings }),
    ...(scope && { scope }),
  };
}
