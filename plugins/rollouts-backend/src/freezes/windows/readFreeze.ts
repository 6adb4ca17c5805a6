import { InputError } from '@backstage/errors';
import { Duration, IANAZone } from 'luxon';
import type { FreezeDefinition } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parseAt } from '../../selection/parseAt';
import { RecurrenceError, readRecurrence } from '../time/recurrence';
import {
  readWallClock,
  wallClockText,
  type WallClock,
} from '../time/wallClock';
import { freezeSchema, type WrittenFreeze } from './freezeSchema';
import type { FreezeWindow } from './FreezeWindow';

const DAY = 24 * 60 * 60_000;
/** Nobody freezes longer on purpose: a year typed wrongly would. */
const LONGEST = 366 * DAY;
/** How far a recurrence is looked at when it is checked: what is rare, longer. */
const CHECKED = 2 * 366 * DAY;
const CHECKED_WHEN_RARE = 12 * 366 * DAY;

/**
 * Reads a freeze window and checks everything that can be known without a
 * cluster.
 *
 * @param path - of the window, for errors: `rollouts.freezes[0]`
 * @throws InputError that names the field and says what to write
 */
export function readFreeze(
  written: unknown,
  path: string,
): Omit<FreezeWindow, 'id' | 'source'> {
  const freeze = parseAt(freezeSchema, written, path);
  const fault = faultsAt(path);
  const zone = zoneOf(freeze.timeZone, fault);
  const start = reading(freeze.start, fault, 'start');
  const length = lengthOf(freeze, start, fault);
  const recurrence = recurrenceOf(freeze, start, length, zone, fault);
  const exceptDates = freeze.except?.dates ?? [];
  exceptDates.forEach((date, index) => {
    const field = `except.dates[${index}]`;
    const midnight = reading(`${date}T00:00`, fault, field);
    const begins = (from: WallClock, to: WallClock) =>
      recurrence
        ? recurrence.between(from, to).length > 0
        : start >= from && start <= to;
    if (!begins(midnight, midnight + DAY - 1)) {
      throw fault(
        field,
        `the window does not begin on ${date}, so there is nothing to leave out`,
      );
    }
  });
  return {
    name: freeze.name,
    reason: freeze.reason,
    zone,
    start,
    length,
    recurrence,
    hold: freeze.hold ?? false,
    emergency: freeze.emergency ?? true,
    scope: freeze.scope ?? {},
    exceptDates: new Set(exceptDates),
    exceptEntities: new Set(freeze.except?.entities),
    // Checked against the schema above; kept as it was written.
    definition: written as FreezeDefinition,
  };
}

type Fault = (field: string, message: string) => InputError;

function faultsAt(path: string): Fault {
  return (field, message) =>
    new InputError(`${path ? `${path}.` : ''}${field}: ${message}`);
}

function zoneOf(name: string, fault: Fault): IANAZone {
  if (!IANAZone.isValidZone(name)) {
    throw fault(
      'timeZone',
      `"${name}" is not a time zone of the IANA database, such as Europe/Berlin or UTC`,
    );
  }
  return IANAZone.create(name);
}

function reading(text: string, fault: Fault, field: string): WallClock {
  const value = readWallClock(text);
  if (value === undefined) {
    throw fault(
      field,
      `"${text}" is not a local time such as 2026-11-27T00:00; the zone is in timeZone`,
    );
  }
  return value;
}

function lengthOf(
  { end, duration }: WrittenFreeze,
  start: WallClock,
  fault: Fault,
): number {
  if ((end === undefined) === (duration === undefined)) {
    throw fault('end', 'write either end or duration');
  }
  if (duration !== undefined) {
    const length = Duration.fromISO(duration).toMillis();
    if (!(length >= 60_000 && length <= LONGEST)) {
      throw fault(
        'duration',
        `"${duration}" is not an ISO 8601 duration between a minute and a year, such as PT8H or P3D`,
      );
    }
    return length;
  }
  const length = reading(end ?? '', fault, 'end') - start;
  if (length <= 0) {
    throw fault(
      'end',
      `${end} is not after the start, ${wallClockText(start)}`,
    );
  }
  if (length > LONGEST) {
    throw fault('end', `${end} is more than a year after the start`);
  }
  return length;
}

function recurrenceOf(
  { recurrence: rule }: WrittenFreeze,
  start: WallClock,
  length: number,
  zone: IANAZone,
  fault: Fault,
) {
  if (rule === undefined) {
    return undefined;
  }
  let beginnings: WallClock[];
  let recurrence;
  try {
    recurrence = readRecurrence(rule, start, zone);
    beginnings = recurrence.between(start, start + CHECKED);
    if (beginnings.length < 5) {
      beginnings = recurrence.between(start, start + CHECKED_WHEN_RARE);
    }
  } catch (error) {
    if (error instanceof RecurrenceError) {
      throw fault('recurrence', error.message);
    }
    // The library gives up on a rule that never comes true.
    beginnings = [];
  }
  const [first] = beginnings;
  if (first === undefined || recurrence === undefined) {
    throw fault(
      'recurrence',
      `"${rule}" yields no window within twelve years of ${wallClockText(start)}`,
    );
  }
  if (first !== start) {
    throw fault(
      'start',
      `${wallClockText(start)} is not one of the times that "${rule}" yields; the first after it is ${wallClockText(first)}`,
    );
  }
  const overlap = beginnings.findIndex(
    (each, index) => index > 0 && each - (beginnings[index - 1] ?? 0) < length,
  );
  if (overlap > 0) {
    throw fault(
      'recurrence',
      `the window of ${wallClockText(beginnings[overlap - 1] ?? start)} is not over when the next one begins at ${wallClockText(beginnings[overlap] ?? start)}; make it shorter, or one window`,
    );
  }
  return recurrence;
}
