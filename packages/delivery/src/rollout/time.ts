import { parseGoDuration } from '../analysis/goDuration';

/** RFC 3339 in UTC with whole seconds, as Kubernetes writes times. */
export function formatTime(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}

/** Milliseconds since the epoch, or `undefined` when it is no time. */
export function parseTime(text: string | undefined): number | undefined {
  const parsed = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/**
 * Milliseconds of a pause: a number or digits are seconds, anything else is a
 * Go duration. `undefined` when it is neither.
 */
export function parsePause(duration: number | string): number | undefined {
  if (typeof duration === 'number') {
    return Number.isFinite(duration) ? duration * 1_000 : undefined;
  }
  return /^\d+$/.test(duration)
    ? Number(duration) * 1_000
    : parseGoDuration(duration);
}
