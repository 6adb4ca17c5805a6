import { IANAZone } from 'luxon';
import { readRecurrence } from './recurrence';
import { readWallClock, wallClockText } from './wallClock';

const at = (text: string) => readWallClock(text) ?? NaN;

function beginnings(
  rule: string,
  start: string,
  from: string,
  to: string,
  zone = 'Europe/Berlin',
) {
  return readRecurrence(rule, at(start), IANAZone.create(zone))
    .between(at(from), at(to))
    .map(wallClockText);
}

describe('a recurrence rule', () => {
  it('keeps to the wall clock whatever the season', () => {
    expect(
      beginnings(
        'FREQ=WEEKLY;BYDAY=FR',
        '2026-01-02T18:00',
        '2026-03-20T00:00',
        '2026-04-04T00:00',
      ),
    ).toEqual(['2026-03-20T18:00', '2026-03-27T18:00', '2026-04-03T18:00']);
  });

  it('does not drop a time that the clocks jump over', () => {
    expect(
      beginnings(
        'FREQ=DAILY',
        '2026-03-01T02:30',
        '2026-03-28T00:00',
        '2026-03-31T00:00',
      ),
    ).toEqual(['2026-03-28T02:30', '2026-03-29T02:30', '2026-03-30T02:30']);
  });

  it('finds the Friday after Thanksgiving', () => {
    expect(
      beginnings(
        'FREQ=YEARLY;BYMONTH=11;BYDAY=FR;BYMONTHDAY=23,24,25,26,27,28,29',
        '2026-11-27T00:00',
        '2026-01-01T00:00',
        '2030-01-01T00:00',
        'America/New_York',
      ),
    ).toEqual([
      '2026-11-27T00:00',
      '2027-11-26T00:00',
      '2028-11-24T00:00',
      '2029-11-23T00:00',
    ]);
  });

  it.each([
    // 18:00 in Berlin is 17:00 UTC in winter.
    ['UNTIL=20260109T170000Z', 2],
    ['UNTIL=20260109T165959Z', 1],
    ['UNTIL=20260109T180000', 2],
    ['UNTIL=20260109', 2],
    ['UNTIL=20260108', 1],
    ['COUNT=3', 3],
  ])('ends with %s', (end, count) => {
    expect(
      beginnings(
        `FREQ=WEEKLY;BYDAY=FR;${end}`,
        '2026-01-02T18:00',
        '2026-01-01T00:00',
        '2026-12-31T00:00',
      ),
    ).toHaveLength(count);
  });

  it.each([
    ['FREQ=HOURLY', '"FREQ=HOURLY" is not a frequency'],
    ['BYDAY=FR', 'FREQ is missing'],
    ['FREQ=WEEKLY;BYDAYS=FR', '"BYDAYS=FR" is not a part'],
    ['FREQ=WEEKLY;BYDAY=FRI', '"BYDAY=FRI" is not a value of BYDAY'],
    ['FREQ=YEARLY;BYMONTH=13', '"BYMONTH=13" is not a value'],
    ['FREQ=WEEKLY;INTERVAL=0', '"INTERVAL=0" is not a value'],
    ['FREQ=WEEKLY;FREQ=DAILY', 'is there twice'],
    ['FREQ=DAILY;UNTIL=20261332', '"UNTIL=20261332" is not a date'],
    ['FREQ=DAILY;COUNT=2;UNTIL=20261231', 'write COUNT or UNTIL, not both'],
    ['every Friday', '"every Friday" is not a part'],
    ['FREQ=DAILY;__proto__=1', '"__proto__=1" is not a part'],
    ['', '"" is not a part'],
  ])('%s is refused', (rule, message) => {
    expect(() =>
      readRecurrence(rule, at('2026-01-02T18:00'), IANAZone.create('UTC')),
    ).toThrow(message);
  });
});
