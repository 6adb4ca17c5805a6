import { InputError } from '@backstage/errors';

export type Bucket = 'day' | 'week' | 'month';

const DAY = 24 * 3_600_000;
const DEFAULT_DAYS = 30;
const MOST_BUCKETS = 400;

export interface Range {
  from: number;
  to: number;
}

export interface Buckets {
  whole: Range;
  /** Oldest first, without holes. The first and the last may be cut. */
  parts: Range[];
}

/**
 * Cuts a range at the beginnings of days, weeks or months in UTC.
 * @throws InputError on a range that is empty, or cut into too many
 */
export function rangeOf(
  { from, to, bucket }: { from?: number; to?: number; bucket: Bucket },
  now: number,
): Buckets {
  const end = to ?? now;
  const begin = from ?? end - DEFAULT_DAYS * DAY;
  if (begin >= end) {
    throw new InputError('"from" must be before "to".');
  }
  const parts: Range[] = [];
  for (let at = begin; at < end;) {
    const next = Math.min(nextBegin(at, bucket), end);
    parts.push({ from: at, to: next });
    if (parts.length > MOST_BUCKETS) {
      throw new InputError(
        `The range has more than ${MOST_BUCKETS} buckets. Ask for longer ones, or for less time.`,
      );
    }
    at = next;
  }
  return { whole: { from: begin, to: end }, parts };
}

function nextBegin(at: number, bucket: Bucket): number {
  const date = new Date(at);
  const [year, month, day] = [
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
  ];
  switch (bucket) {
    case 'day':
      return Date.UTC(year, month, day + 1);
    case 'week':
      // Weeks begin on Monday.
      return Date.UTC(year, month, day + 7 - ((date.getUTCDay() + 6) % 7));
    default:
      return Date.UTC(year, month + 1, 1);
  }
}
