import type { FreezeOccurrence } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { DateTime } from 'luxon';
import { freezeDays, scopeInWords } from './freezeDays';

function window(id: string, start: string, end: string): FreezeOccurrence {
  return {
    freezeId: id,
    name: id,
    reason: '',
    timeZone: 'UTC',
    start: DateTime.fromISO(start).toISO()!,
    end: DateTime.fromISO(end).toISO()!,
    active: false,
    hold: false,
    emergency: true,
  };
}

const now = DateTime.fromISO('2026-11-26T15:00').toMillis();
const namesOf = (occurrences: FreezeOccurrence[], days = 4) =>
  freezeDays(occurrences, now, days).map(({ windows }) =>
    windows.map(({ name }) => name).join(),
  );

describe('the calendar of freeze windows', () => {
  it('begins with today, and marks each day that a window touches', () => {
    expect(
      namesOf([window('night', '2026-11-27T22:00', '2026-11-28T06:00')]),
    ).toEqual(['', 'night', 'night', '']);
  });

  it('leaves the day free that begins when a window ends', () => {
    expect(
      namesOf([window('friday', '2026-11-27T00:00', '2026-11-28T00:00')]),
    ).toEqual(['', 'friday', '', '']);
  });

  it('shows a window that closes a day twice once', () => {
    expect(
      namesOf([
        window('lunch', '2026-11-26T12:00', '2026-11-26T13:00'),
        window('lunch', '2026-11-26T18:00', '2026-11-26T19:00'),
      ]),
    ).toEqual(['lunch', '', '', '']);
  });

  it('has each day once, also when clocks change', () => {
    const days = freezeDays([], now, 200).map(({ at }) => at.toISODate());
    expect(new Set(days).size).toBe(200);
  });
});

describe('what a window is about', () => {
  it.each([
    [undefined, undefined],
    [{}, undefined],
    [
      { cluster: ['eu', 'us'], entity: { owner: 'group:default/palette' } },
      'cluster eu or us, owner palette',
    ],
    [{ entity: { ref: 'component:default/colors' } }, 'colors'],
  ])('%j is said as %s', (scope, words) => {
    expect(scopeInWords(scope)).toBe(words);
  });
});
