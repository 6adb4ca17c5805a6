import { readFreeze } from './readFreeze';

const weekend = {
  name: 'Weekend',
  reason: 'Nobody is there',
  timeZone: 'Europe/Berlin',
  start: '2026-11-27T18:00',
  end: '2026-11-30T08:00',
  recurrence: 'FREQ=WEEKLY;BYDAY=FR',
};

describe('a freeze window', () => {
  it('is read with its defaults', () => {
    expect(readFreeze(weekend, 'rollouts.freezes[0]')).toMatchObject({
      name: 'Weekend',
      length: 62 * 60 * 60_000,
      hold: false,
      emergency: true,
      scope: {},
    });
  });

  it.each([
    [{ name: '' }, 'rollouts.freezes[0].name: '],
    [{ reason: undefined }, 'rollouts.freezes[0].reason: '],
    [
      { timeZone: 'Europe/Bärlin' },
      'rollouts.freezes[0].timeZone: "Europe/Bärlin" is not a time zone',
    ],
    [
      { start: '2026-11-27' },
      'rollouts.freezes[0].start: "2026-11-27" is not a local time',
    ],
    [{ start: '2026-11-28T18:00' }, 'the first after it is 2026-12-04T18:00'],
    [
      { end: '2026-11-27T17:00' },
      'rollouts.freezes[0].end: 2026-11-27T17:00 is not after the start',
    ],
    [
      { end: '2028-11-27T17:00' },
      'rollouts.freezes[0].end: 2028-11-27T17:00 is more than a year',
    ],
    [
      { end: undefined },
      'rollouts.freezes[0].end: write either end or duration',
    ],
    [
      { duration: 'PT1H' },
      'rollouts.freezes[0].end: write either end or duration',
    ],
    [
      { end: undefined, duration: '3 days' },
      'rollouts.freezes[0].duration: "3 days" is not',
    ],
    [
      { recurrence: 'FREQ=SOMETIMES' },
      'rollouts.freezes[0].recurrence: "FREQ=SOMETIMES" is not a frequency',
    ],
    [
      { recurrence: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' },
      'rollouts.freezes[0].recurrence: "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30" yields no window',
    ],
    [{ recurrence: 'FREQ=WEEKLY;BYDAY=FR;UNTIL=20200101' }, 'yields no window'],
    [
      { end: '2026-12-04T18:01' },
      'the window of 2026-11-27T18:00 is not over when the next one begins',
    ],
    [
      { end: '2026-12-05T08:00' },
      'rollouts.freezes[0].recurrence: the window of 2026-11-27T18:00 is not over when the next one begins at 2026-12-04T18:00',
    ],
    [
      { scope: { tiers: 'production' } },
      'rollouts.freezes[0].scope: Unrecognized key: "tiers"',
    ],
    [{ holds: true }, 'rollouts.freezes[0]: Unrecognized key: "holds"'],
    [
      { except: { dates: ['2026-12-24'] } },
      'rollouts.freezes[0].except.dates[0]: the window does not begin on 2026-12-24',
    ],
    [
      { except: { dates: ['Christmas'] } },
      'rollouts.freezes[0].except.dates[0]: write a day as 2026-12-24',
    ],
    [
      { except: { entities: ['::'] } },
      'rollouts.freezes[0].except.entities: "::" is not an entity reference',
    ],
  ])('with %j is refused', (change, message) => {
    expect(() =>
      readFreeze({ ...weekend, ...change }, 'rollouts.freezes[0]'),
    ).toThrow(message);
  });
});
