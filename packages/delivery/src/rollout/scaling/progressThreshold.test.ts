import { isEnoughAvailable } from './progressThreshold';

describe('replicaProgressThreshold', () => {
  const percent = (value: number) => ({
    replicaProgressThreshold: { type: 'Percent' as const, value },
  });
  const pods = (value: number) => ({
    replicaProgressThreshold: { type: 'Pod' as const, value },
  });

  it.each([
    ['all by default', {}, 9, 10, false],
    ['all by default', {}, 10, 10, true],
    ['a percentage of what is wanted', percent(90), 9, 10, true],
    ['below the percentage', percent(90), 8, 10, false],
    ['a third, without rounding', percent(33), 1, 3, true],
    ['a count', pods(7), 7, 10, true],
    ['below the count', pods(7), 6, 10, false],
    ['a negative threshold means all', pods(-1), 9, 10, false],
    ['nothing wanted', percent(90), 0, 0, true],
  ])('%s', (_, strategy, available, wanted, enough) => {
    expect(isEnoughAvailable(strategy, available, wanted)).toBe(enough);
  });
});
