import type {
  FreezeOccurrence,
  FreezeView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { WindowOccurrence } from './windows/FreezeCalendar';
import type { FreezeWindow } from './windows/FreezeWindow';
import type { Occurrence } from './windows/occurrences';

const iso = (instant: number) => new Date(instant).toISOString();

/** A window for people, with the occurrence that is going on or comes next. */
export function freezeView(
  window: FreezeWindow,
  next: Occurrence | undefined,
  now: number,
): FreezeView {
  const { created, ended } = window;
  return {
    ...window.definition,
    id: window.id,
    source: window.source,
    state: stateOf(next, now),
    hold: window.hold,
    emergency: window.emergency,
    ...(next && { next: { start: iso(next.start), end: iso(next.end) } }),
    ...(created && { createdBy: created.by, createdAt: iso(created.at) }),
    ...(ended && {
      endedBy: ended.by,
      endedAt: iso(ended.at),
      endReason: ended.reason,
    }),
  };
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

/** One time that a window is closed, for a calendar or a banner. */
export function occurrenceView(
  { window, occurrence }: WindowOccurrence,
  now: number,
): FreezeOccurrence {
  const { scope } = window.definition;
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
    ...(scope && { scope }),
  };
}
