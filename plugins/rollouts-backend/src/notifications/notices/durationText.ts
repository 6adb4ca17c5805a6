import { Duration } from 'luxon';

/** "1 h 30 min": a duration in milliseconds, to the minute. */
export function durationText(milliseconds: number): string {
  const { hours, minutes } = Duration.fromMillis(milliseconds).shiftTo(
    'hours',
    'minutes',
  );
  return [
    ...(hours > 0 ? [`${hours} h`] : []),
    ...(minutes >= 1 || hours === 0 ? [`${Math.floor(minutes)} min`] : []),
  ].join(' ');
}
