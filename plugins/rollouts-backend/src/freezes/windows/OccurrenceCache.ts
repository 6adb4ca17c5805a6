import type { FreezeWindow } from './FreezeWindow';
import { occurrencesOf, type Occurrence } from './occurrences';

const DAY = 24 * 60 * 60_000;
const BEFORE = 8 * DAY;
const AHEAD = 45 * DAY;
/** Where to look for the next one of a window that is rare. */
const FAR_AHEAD = 400 * DAY;
/** Of what is kept. */
const LONGEST = 3 * 366 * DAY;

interface Cover {
  from: number;
  to: number;
  occurrences: Occurrence[];
}

/** The occurrences of one window, followed out once for some weeks, or as far as asked for. */
export class OccurrenceCache {
  #known?: Cover;

  constructor(readonly window: FreezeWindow) {}

  /** The one that is going on at a time. */
  at(now: number): Occurrence | undefined {
    return this.between(now, now + 1)[0];
  }

  /** When the next one begins after a time, within a year. */
  after(now: number): Occurrence | undefined {
    const near = this.#nextIn(this.#cover(now, now), now);
    return near ?? this.#nextIn(this.#cover(now, now + FAR_AHEAD), now);
  }

  /** Those that touch a time. */
  between(from: number, to: number): Occurrence[] {
    const { occurrences } = this.#cover(from, to);
    const first = firstAfter(occurrences, from, each => each.end);
    const found: Occurrence[] = [];
    for (let index = first; index < occurrences.length; index++) {
      const occurrence = occurrences[index];
      if (!occurrence || occurrence.start >= to) {
        break;
      }
      found.push(occurrence);
    }
    return found;
  }

  #nextIn({ occurrences }: Cover, now: number): Occurrence | undefined {
    return occurrences[firstAfter(occurrences, now, each => each.start)];
  }

  #cover(from: number, to: number): Cover {
    const known = this.#known;
    if (known && known.from <= from && to <= known.to) {
      return known;
    }
    const wide = widened(known, {
      from: from - BEFORE,
      to: Math.max(to, from + AHEAD),
    });
    const occurrences = occurrencesOf(this.window, wide.from, wide.to);
    const made = { ...wide, occurrences };
    this.#known = made;
    return made;
  }
}

/** Both, so that those who ask for other times do not drive each other out. */
function widened(
  known: Cover | undefined,
  asked: Pick<Cover, 'from' | 'to'>,
): Pick<Cover, 'from' | 'to'> {
  const both = {
    from: Math.min(asked.from, known?.from ?? Infinity),
    to: Math.max(asked.to, known?.to ?? -Infinity),
  };
  return both.to - both.from <= LONGEST ? both : asked;
}

/** Index of the first whose time is after `moment`; ascending. */
function firstAfter(
  occurrences: Occurrence[],
  moment: number,
  timeOf: (occurrence: Occurrence) => number,
): number {
  let [low, high] = [0, occurrences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const occurrence = occurrences[middle];
    if (occurrence && timeOf(occurrence) > moment) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}
