import { IANAZone } from 'luxon';

/**
 * The reading of a clock on a wall, in milliseconds, as if it were UTC: zones
 * and their changes come in only where it is turned into an instant.
 */
export type WallClock = number;

/** The instants, in milliseconds since the epoch, that a reading stands for. */
export interface Readings {
  earliest: number;
  latest: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(:\d{2})?$/;

/** `2026-11-27T00:00`, with seconds or without; `undefined` for anything else. */
export function readWallClock(text: string): WallClock | undefined {
  const match = LOCAL_TIME.exec(text);
  const [, date, time, seconds = ':00'] = match ?? [];
  const value = match ? Date.parse(`${date}T${time}${seconds}Z`) : NaN;
  // Date rolls 31 February over to March.
  return new Date(value || 0).toISOString().startsWith(`${date}T${time}`)
    ? value
    : undefined;
}

/** `2026-11-27T00:00` */
export function wallClockText(reading: WallClock): string {
  return new Date(reading).toISOString().slice(0, 16);
}

/** What a clock on a wall in the zone shows at an instant. */
export function wallClockAt(instant: number, zone: IANAZone): WallClock {
  return instant + zone.offset(instant) * MINUTE;
}

/**
 * When a clock in the zone shows a reading. Where clocks go back it shows it
 * twice; where they go forward over it, it never does, and the moment of the
 * change stands for it: then the clock has passed it.
 */
export function readingsOf(reading: WallClock, zone: IANAZone): Readings {
  // No zone changes twice within two days.
  const candidates = [-DAY, DAY]
    .map(away => reading - zone.offset(reading + away) * MINUTE)
    .sort((a, b) => a - b) as [number, number];
  const real = candidates.filter(
    instant => wallClockAt(instant, zone) === reading,
  );
  if (real.length === 0) {
    const change = changeBetween(...candidates, zone);
    return { earliest: change, latest: change };
  }
  return { earliest: Math.min(...real), latest: Math.max(...real) };
}

/** The first instant with the later offset, to the minute. */
function changeBetween(from: number, to: number, zone: IANAZone): number {
  const after = zone.offset(to);
  let [low, high] = [Math.floor(from / MINUTE), Math.ceil(to / MINUTE)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offset(middle * MINUTE) === after) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return high * MINUTE;
}
