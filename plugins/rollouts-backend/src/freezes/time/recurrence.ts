import type { IANAZone } from 'luxon';
import { RRuleTemporal } from 'rrule-temporal';
import { wallClockAt, type WallClock } from './wallClock';

/** What cannot be read or used as a recurrence rule, and what to write. */
export class RecurrenceError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'RecurrenceError';
  }
}

/** When something begins, again and again, in readings of the wall clock. */
export interface Recurrence {
  /** All beginnings from `from` up to and including `to`, ascending. */
  between(from: WallClock, to: WallClock): WallClock[];
}

/** The library skips what it does not know, and then a rule means too much. */
const PARTS: Record<string, RegExp> = {
  FREQ: /^(YEARLY|MONTHLY|WEEKLY|DAILY)$/,
  INTERVAL: /^[1-9]\d{0,3}$/,
  COUNT: /^[1-9]\d{0,4}$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  BYMONTH: list('([1-9]|1[0-2])'),
  BYMONTHDAY: list('-?([1-9]|[12]\\d|3[01])'),
  BYYEARDAY: list('-?([1-9]\\d{0,2})'),
  BYWEEKNO: list('-?([1-9]|[1-4]\\d|5[0-3])'),
  BYDAY: list('(-?[1-9]\\d?)?(MO|TU|WE|TH|FR|SA|SU)'),
  BYHOUR: list('(1?\\d|2[0-3])'),
  BYMINUTE: list('[1-5]?\\d'),
  BYSETPOS: list('-?[1-9]\\d{0,2}'),
  WKST: /^(MO|TU|WE|TH|FR|SA|SU)$/,
};

function list(one: string): RegExp {
  return new RegExp(`^${one}(,${one})*$`);
}

/**
 * Reads a recurrence rule of RFC 5545, without `RRULE:`. It is followed on the
 * wall clock: "every Friday at 18:00" is 18:00 whatever the season. `UNTIL`
 * with a Z is UTC, as the RFC wants it; without, a reading of the wall clock,
 * and a date alone is the whole day.
 * @throws RecurrenceError
 */
export function readRecurrence(
  rule: string,
  start: WallClock,
  zone: IANAZone,
): Recurrence {
  const parts = readParts(rule.trim().replace(/^RRULE:/i, ''));
  const until = parts.get('UNTIL');
  if (until !== undefined) {
    parts.set('UNTIL', stamp(untilOf(until, zone)));
  }
  const text = [...parts].map(part => part.join('=')).join(';');
  let rrule: RRuleTemporal;
  try {
    rrule = new RRuleTemporal({
      // The wall clock, as if it were UTC: no zone, so no gap and no overlap.
      rruleString: `DTSTART:${stamp(start)}\nRRULE:${text}`,
    });
  } catch (error) {
    throw new RecurrenceError(
      `"${rule}" is not a recurrence rule of RFC 5545: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    );
  }
  return {
    between: (from, to) =>
      rrule
        .between(new Date(from), new Date(to), true)
        .map(each => each.epochMilliseconds),
  };
}

function readParts(text: string): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.split(';')) {
    const [name = '', value = '', ...more] = part.toUpperCase().split('=');
    const pattern = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
    if (!pattern) {
      throw new RecurrenceError(
        `"${part}" is not a part of a recurrence rule that is understood; there are ${Object.keys(PARTS).join(', ')}`,
      );
    }
    if (parts.has(name)) {
      throw new RecurrenceError(`${name} is there twice`);
    }
    if (more.length > 0 || !pattern.test(value)) {
      throw new RecurrenceError(
        name === 'FREQ'
          ? `"${part}" is not a frequency for a window; there are YEARLY, MONTHLY, WEEKLY and DAILY`
          : `"${part}" is not a value of ${name}`,
      );
    }
    parts.set(name, value);
  }
  if (!parts.has('FREQ')) {
    throw new RecurrenceError('FREQ is missing, as in FREQ=WEEKLY;BYDAY=FR');
  }
  if (parts.has('COUNT') && parts.has('UNTIL')) {
    throw new RecurrenceError('write COUNT or UNTIL, not both');
  }
  return parts;
}

/** @throws RecurrenceError for a day that no calendar has */
function untilOf(text: string, zone: IANAZone): WallClock {
  const [, year, month, day, time] = /^(\d{4})(\d{2})(\d{2})T?(\d{6})?/.exec(
    text,
  ) as unknown as [string, string, string, string, string | undefined];
  const clock = (time ?? '235959').replace(/(..)(..)(..)/, '$1:$2:$3');
  const value = Date.parse(`${year}-${month}-${day}T${clock}Z`);
  if (Number.isNaN(value)) {
    throw new RecurrenceError(`"UNTIL=${text}" is not a date`);
  }
  return text.endsWith('Z') ? wallClockAt(value, zone) : value;
}

/** `20261127T180000Z` */
function stamp(reading: WallClock): string {
  return `${new Date(reading).toISOString().slice(0, 19).replace(/[-:]/g, '')}Z`;
}
