import type { FreezeWindow } from './FreezeWindow';
import { occurrencesOf, type Occurrence } from './occurrences';

const DAY = 24 * 60 * 60_000;
const BEFORE = 40 * DAY;
const AHEAD = 400 * DAY;

/** The occurrences of one window, followed out once for more than a year. */
export class OccurrenceCache {
  #known: { from: number; to: number; occurrences: Occurrence[] } | undefined;

  constructor(readonly window: FreezeWindow) {}

  /** The one that is going on at a time. */
  at(now: number): Occurrence | undefined {
    return this.between(now, now + 1)[0];
  }

  /** When the next one begins after a time, within a year. */
  after(now: number): Occurrence | undefined {
    const { occurrences } = this.#cover(now, now);
    return occurrences[firstAfter(occurrences, now, each => each.start)];
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

  #cover(from: number, to: number) {
    const known = this.#known;
    if (known && known.from <= from && to <= known.to) {
      return known;
    }
    const wide = { from: from - BEFORE, to: Math.max(to, from + AHEAD) };
    const occurrences = occurrencesOf(this.window, wide.from, wide.to);
    const made = { ...wide, occurrences };
    this.#known = made;
    return made;
  }
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
