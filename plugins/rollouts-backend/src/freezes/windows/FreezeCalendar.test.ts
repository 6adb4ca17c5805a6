import { ManualClock } from '@progressive-delivery/kube';
import type { FreezeDefinition } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { canary } from '../../__testUtils__/rollouts';
import type { EntitySelection } from '../../entities/EntitySelection';
import type { Selectable } from '../../selection/matchSelector';
import { FreezeCalendar } from './FreezeCalendar';
import type { FreezeWindow } from './FreezeWindow';
import { readFreeze } from './readFreeze';

const weekend: FreezeDefinition = {
  name: 'Weekend',
  reason: 'Nobody is there',
  timeZone: 'Europe/Berlin',
  start: '2026-01-02T18:00',
  end: '2026-01-05T08:00',
  recurrence: 'FREQ=WEEKLY;BYDAY=FR',
};

function windowOf(change: Partial<FreezeDefinition> = {}): FreezeWindow {
  const window = readFreeze({ ...weekend, ...change }, 'freeze');
  return { ...window, id: window.name, source: 'api' };
}

function calendarOf(windows: FreezeWindow[], now = '2026-01-01T00:00:00Z') {
  const clock = new ManualClock(Date.parse(now));
  return {
    clock,
    calendar: new FreezeCalendar({ configured: windows, clock }),
  };
}

function entity(name: string): EntitySelection {
  return { entityRef: `component:default/${name}`, ownerRefs: [] };
}

const subject: Selectable = {
  cluster: 'local',
  rollout: canary(),
  entities: [entity('colors')],
};

function isFrozen(window: FreezeWindow, at: string, who = subject) {
  return calendarOf([window]).calendar.applying(who, Date.parse(at)).length > 0;
}

describe('a weekly window', () => {
  it.each([
    ['2026-01-02T16:59:59Z', false],
    ['2026-01-02T17:00:00Z', true],
    ['2026-01-05T06:59:59Z', true],
    ['2026-01-05T07:00:00Z', false],
    // Clocks go forward on 29 March, in the middle of it.
    ['2026-03-27T16:59:59Z', false],
    ['2026-03-27T17:00:00Z', true],
    ['2026-03-30T05:59:59Z', true],
    ['2026-03-30T06:00:00Z', false],
    // Summer: the same times on the wall.
    ['2026-07-03T15:59:59Z', false],
    ['2026-07-03T16:00:00Z', true],
    // They go back on 25 October.
    ['2026-10-23T16:00:00Z', true],
    ['2026-10-26T06:59:59Z', true],
    ['2026-10-26T07:00:00Z', false],
    // Years later.
    ['2036-01-03T12:00:00Z', false],
    ['2036-01-05T12:00:00Z', true],
  ])('at %s is closed: %s', (at, expected) => {
    expect(isFrozen(windowOf(), at)).toBe(expected);
  });
});

describe('a window of many weeks', () => {
  it.each([undefined, 'FREQ=YEARLY'])(
    'is known to who begins to look on its last day: %s',
    recurrence => {
      const summer = windowOf({
        start: '2026-07-01T00:00',
        end: '2026-09-01T00:00',
        recurrence,
      });
      expect(isFrozen(summer, '2026-08-31T21:59:59Z')).toBe(true);
      expect(isFrozen(summer, '2026-08-31T22:00:00Z')).toBe(false);
    },
  );

  it('is known long before it begins again', () => {
    const summer = windowOf({
      start: '2026-07-01T00:00',
      end: '2026-09-01T00:00',
      recurrence: 'FREQ=YEARLY',
    });
    const { calendar } = calendarOf([summer]);
    expect(
      calendar.next(summer.id, Date.parse('2026-09-02T00:00:00Z'))?.start,
    ).toBe(Date.parse('2027-06-30T22:00:00Z'));
  });
});

describe('a nightly window in the hour that the clocks change', () => {
  const night = (timeZone: string) =>
    windowOf({
      timeZone,
      start: '2026-01-01T01:30',
      end: '2026-01-01T02:30',
      recurrence: 'FREQ=DAILY',
    });

  it.each([
    // Forward: 02:30 never comes, so it ends at the jump, and is never lost.
    ['Europe/Berlin', '2026-03-29T00:30:00Z', true],
    ['Europe/Berlin', '2026-03-29T00:59:59Z', true],
    ['Europe/Berlin', '2026-03-29T01:00:00Z', false],
    // Back: 02:30 comes twice, and it ends at the second.
    ['Europe/Berlin', '2026-10-25T00:30:00Z', true],
    ['Europe/Berlin', '2026-10-25T01:29:59Z', true],
    ['Europe/Berlin', '2026-10-25T01:30:00Z', false],
    ['America/New_York', '2026-03-08T06:59:59Z', true],
    ['America/New_York', '2026-03-08T07:00:00Z', false],
    // 01:30 comes twice, and it begins at the first.
    ['America/New_York', '2026-11-01T05:29:59Z', false],
    ['America/New_York', '2026-11-01T05:30:00Z', true],
    ['America/New_York', '2026-11-01T07:29:59Z', true],
    ['America/New_York', '2026-11-01T07:30:00Z', false],
    ['Asia/Kolkata', '2026-03-28T20:00:00Z', true],
    ['Asia/Kolkata', '2026-03-28T21:00:00Z', false],
  ])('in %s at %s is closed: %s', (zone, at, expected) => {
    expect(isFrozen(night(zone), at)).toBe(expected);
  });
});

describe('exceptions', () => {
  it('leave out what would begin on a day', () => {
    const window = windowOf({ except: { dates: ['2026-01-09'] } });
    expect(isFrozen(window, '2026-01-10T12:00:00Z')).toBe(false);
    expect(isFrozen(window, '2026-01-17T12:00:00Z')).toBe(true);
  });

  it('except a rollout only when all of its entities are excepted', () => {
    const window = windowOf({
      except: { entities: ['component:default/colors'] },
    });
    const at = '2026-01-03T12:00:00Z';
    expect(isFrozen(window, at)).toBe(false);
    expect(
      isFrozen(window, at, {
        ...subject,
        entities: [entity('colors'), entity('search')],
      }),
    ).toBe(true);
    expect(isFrozen(window, at, { ...subject, entities: [] })).toBe(true);
  });
});

describe('the calendar', () => {
  const single = (name: string, start: string, end: string) =>
    windowOf({ name, start, end, recurrence: undefined, timeZone: 'UTC' });

  it('names the window that ends last first', () => {
    const { calendar } = calendarOf([
      single('Short', '2026-01-01T00:00', '2026-01-02T00:00'),
      single('Long', '2026-01-01T00:00', '2026-01-03T00:00'),
    ]);
    expect(
      calendar
        .applying(subject, Date.parse('2026-01-01T12:00:00Z'))
        .map(({ window }) => window.name),
    ).toEqual(['Long', 'Short']);
  });

  it('tells when a window begins, ends, is made and is ended', () => {
    const { calendar, clock } = calendarOf([
      single('One', '2026-01-01T01:00', '2026-01-01T02:00'),
    ]);
    const told: string[] = [];
    calendar.start();
    calendar.subscribe(() =>
      told.push(new Date(clock.now()).toISOString().slice(11, 16)),
    );

    clock.advance(3 * 60 * 60_000);
    const made = single('Two', '2026-01-01T02:30', '2026-01-01T09:00');
    calendar.setStored([made]);
    calendar.setStored([made]);
    calendar.setStored([{ ...made, ended: { by: 'ada', at: clock.now() } }]);
    calendar.stop();

    expect(told).toEqual(['01:00', '02:00', '03:00', '03:00']);
  });

  it('notices within half a minute that the clock was an hour off', () => {
    const { calendar, clock } = calendarOf([
      single('One', '2026-01-01T01:00', '2026-01-01T02:00'),
    ]);
    const listener = jest.fn();
    calendar.start();
    calendar.subscribe(listener);

    clock.jumpWall(90 * 60_000);
    clock.advance(30_000);
    expect(calendar.applying(subject, clock.now())).toHaveLength(1);
    clock.jumpWall(-60 * 60_000);
    clock.advance(30_000);
    expect(calendar.applying(subject, clock.now())).toHaveLength(0);
    calendar.stop();

    expect(listener).toHaveBeenCalledTimes(2);
  });

  it('lists what is to come within a time, in order', () => {
    const { calendar } = calendarOf([
      windowOf(),
      single('One', '2026-01-12T00:00', '2026-01-13T00:00'),
    ]);
    expect(
      calendar
        .between(
          Date.parse('2026-01-04T00:00:00Z'),
          Date.parse('2026-01-17T00:00:00Z'),
        )
        .map(({ window, occurrence }) => [
          window.name,
          new Date(occurrence.start).toISOString().slice(0, 10),
        ]),
    ).toEqual([
      ['Weekend', '2026-01-02'],
      ['Weekend', '2026-01-09'],
      ['One', '2026-01-12'],
      ['Weekend', '2026-01-16'],
    ]);
  });

  it('answers for 10 000 rollouts from what it has worked out once', () => {
    const windows = Array.from({ length: 100 }, (_, index) =>
      windowOf({
        name: `Window ${index}`,
        scope: { namespace: `team-${index}`, entity: { owner: 'palette' } },
      }),
    );
    const { calendar } = calendarOf(windows);
    const now = Date.parse('2026-01-03T12:00:00Z');
    const expansions = windows.map(window =>
      jest.spyOn(window.recurrence ?? { between: () => [] }, 'between'),
    );

    for (let index = 0; index < 10_000; index++) {
      calendar.applying(subject, now + index);
    }

    expect(
      Math.max(...expansions.map(({ mock }) => mock.calls.length)),
    ).toBeLessThanOrEqual(1);
  });
});
