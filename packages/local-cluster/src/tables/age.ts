const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long ago a time was, as `kubectl get` says it: `5s`, `3m20s`, `5h`, `2d3h`.
 * @param now - milliseconds since the epoch
 */
export function ageOf(time: string | undefined, now: number): string {
  const since = time ? now - Date.parse(time) : NaN;
  if (!Number.isFinite(since)) return '<unknown>';
  return durationText(Math.max(0, since));
}

export function durationText(milliseconds: number): string {
  const whole = (unit: number) => Math.floor(milliseconds / unit);
  const part = (large: number, small: number, names: string) => {
    const rest = Math.floor((milliseconds % large) / small);
    return `${whole(large)}${names[0]}${rest > 0 ? `${rest}${names[1]}` : ''}`;
  };
  if (milliseconds < 2 * MINUTE) return `${whole(SECOND)}s`;
  if (milliseconds < 10 * MINUTE) return part(MINUTE, SECOND, 'ms');
  if (milliseconds < 3 * HOUR) return `${whole(MINUTE)}m`;
  if (milliseconds < 8 * HOUR) return part(HOUR, MINUTE, 'hm');
  if (milliseconds < 2 * DAY) return `${whole(HOUR)}h`;
  if (milliseconds < 8 * DAY) return part(DAY, HOUR, 'dh');
  return `${whole(DAY)}d`;
}
