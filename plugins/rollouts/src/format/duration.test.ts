import { splitAge, splitDuration, type DurationPart } from './duration';

const text = (parts: DurationPart[]) =>
  parts.map(({ unit, value }) => `${value} ${unit}`).join(' ');

describe('splitDuration', () => {
  it.each([
    [0, '0 seconds'],
    [-3, '0 seconds'],
    [9.6, '10 seconds'],
    [59.6, '1 minutes'],
    [130, '2 minutes 10 seconds'],
    [3600, '1 hours'],
    [3605, '1 hours'],
    [5400, '1 hours 30 minutes'],
    [90_061, '1 days 1 hours'],
  ])('%s s is %s', (seconds, expected) => {
    expect(text(splitDuration(seconds))).toBe(expected);
  });
});

describe('splitAge', () => {
  it('has one unit, and nothing below five seconds', () => {
    expect(splitAge(4)).toEqual([]);
    expect(text(splitAge(130))).toBe('2 minutes');
  });
});
