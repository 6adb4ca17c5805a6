import { IANAZone } from 'luxon';
import { readWallClock, readingsOf } from './wallClock';

function readings(local: string, zone: string) {
  const reading = readWallClock(local);
  if (reading === undefined) {
    throw new Error(`${local} is no local time`);
  }
  const { earliest, latest } = readingsOf(reading, IANAZone.create(zone));
  return [earliest, latest].map(each =>
    new Date(each).toISOString().slice(0, 16),
  );
}

describe('a reading of the wall clock', () => {
  it.each([
    // An ordinary one, in winter and in summer.
    ['Europe/Berlin', '2026-01-15T18:00', '2026-01-15T17:00', undefined],
    ['Europe/Berlin', '2026-07-15T18:00', '2026-07-15T16:00', undefined],
    // Clocks go forward from 02:00 to 03:00 at 01:00 UTC.
    ['Europe/Berlin', '2026-03-29T01:59', '2026-03-29T00:59', undefined],
    ['Europe/Berlin', '2026-03-29T02:00', '2026-03-29T01:00', undefined],
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00', undefined],
    ['Europe/Berlin', '2026-03-29T03:00', '2026-03-29T01:00', undefined],
    // They go back from 03:00 to 02:00 at 01:00 UTC.
    [
      'Europe/Berlin',
      '2026-10-25T02:30',
      '2026-10-25T00:30',
      '2026-10-25T01:30',
    ],
    ['Europe/Berlin', '2026-10-25T03:00', '2026-10-25T02:00', undefined],
    // New York: forward at 07:00 UTC, back at 06:00 UTC.
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:00', undefined],
    [
      'America/New_York',
      '2026-11-01T01:30',
      '2026-11-01T05:30',
      '2026-11-01T06:30',
    ],
    ['America/New_York', '2026-11-01T02:00', '2026-11-01T07:00', undefined],
    // Forward at midnight: the day begins at 01:00.
    ['Africa/Cairo', '2026-04-24T00:00', '2026-04-23T22:00', undefined],
    // Half an hour.
    ['Australia/Lord_Howe', '2026-10-04T02:15', '2026-10-03T15:30', undefined],
    // Never changes.
    ['Asia/Kolkata', '2026-03-29T02:30', '2026-03-28T21:00', undefined],
    ['UTC', '2026-03-29T02:30', '2026-03-29T02:30', undefined],
  ])('in %s, %s is %s (or %s)', (zone, local, first, second) => {
    expect(readings(local, zone)).toEqual([first, second ?? first]);
  });

  it.each([
    '2026-02-30T00:00',
    '2026-11-27',
    '2026-11-27T24:00',
    '2026-11-27T00:00Z',
    '27.11.2026',
    '',
  ])('cannot be %j', text => {
    expect(readWallClock(text)).toBeUndefined();
  });
});
