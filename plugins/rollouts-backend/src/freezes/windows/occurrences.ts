import { readingsOf, wallClockAt } from '../time/wallClock';
import type { FreezeWindow } from './FreezeWindow';

/** One time that a window is closed, in milliseconds since the epoch. */
export interface Occurrence {
  start: number;
  /** The first moment after it. */
  end: number;
}

const DAY = 24 * 60 * 60_000;
/** A zone's change moves an instant by at most this. */
const SLACK = 2 * DAY;
/** The rarest rule that is accepted comes once in twelve years. */
const YEARS_AHEAD = [1, 12];

/**
 * The occurrences that touch the time from `from` up to `to`, ascending. Each
 * begins when a clock on the wall first shows its start, and ends when one
 * shows its end for the last time: a change of the clocks makes a freeze
 * longer, never shorter than what people read.
 */
export function occurrencesOf(
  window: FreezeWindow,
  from: number,
  to: number,
): Occurrence[] {
  const { zone, start, length, recurrence, exceptDates, ended } = window;
  const first = wallClockAt(from, zone) - length - SLACK;
  const last = wallClockAt(to, zone) + SLACK;
  const beginnings = recurrence
    ? recurrence.between(first, last)
    : [start].filter(each => each >= first && each <= last);
  return beginnings
    .filter(each => !exceptDates.has(new Date(each).toISOString().slice(0, 10)))
    .map(each => ({
      start: readingsOf(each, zone).earliest,
      end: Math.min(
        readingsOf(each + length, zone).latest,
        ended?.at ?? Infinity,
      ),
    }))
    .filter(
      each => each.start < each.end && each.end > from && each.start < to,
    );
}

/** Whether the window is closed at any time from `now` on. */
export function hasAnyAfter(window: FreezeWindow, now: number): boolean {
  const starts = wallClockStart(window, now);
  return YEARS_AHEAD.some(
    years => occurrencesOf(window, now, starts + years * 366 * DAY).length > 0,
  );
}

/** The later of now and the first window, which may be years ahead. */
function wallClockStart({ start, zone }: FreezeWindow, now: number): number {
  return Math.max(now, readingsOf(start, zone).earliest);
}
