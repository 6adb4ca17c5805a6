/** @see splitDuration */
export type DurationUnit = 'days' | 'hours' | 'minutes' | 'seconds';

export interface DurationPart {
  unit: DurationUnit;
  value: number;
}

const UNITS: { unit: DurationUnit; seconds: number }[] = [
  { unit: 'days', seconds: 86_400 },
  { unit: 'hours', seconds: 3_600 },
  { unit: 'minutes', seconds: 60 },
  { unit: 'seconds', seconds: 1 },
];

/**
 * The two largest units of a duration, zeros left out: 130 s is 2 min 10 s,
 * 3 600 s is 1 h, 90 061 s is 1 d 1 h. At least "0 s".
 */
export function splitDuration(seconds: number): DurationPart[] {
  let rest = Math.max(0, Math.round(seconds));
  const first = UNITS.findIndex(({ seconds: size }) => rest >= size);
  if (first < 0) {
    return [{ unit: 'seconds', value: 0 }];
  }
  const parts: DurationPart[] = [];
  for (const { unit, seconds: size } of UNITS.slice(first, first + 2)) {
    const value = Math.floor(rest / size);
    rest -= value * size;
    if (value > 0) {
      parts.push({ unit, value });
    }
  }
  return parts;
}

/** How long ago in the one largest unit; "just now" is an empty list. */
export function splitAge(seconds: number): DurationPart[] {
  return seconds < 5 ? [] : splitDuration(seconds).slice(0, 1);
}
