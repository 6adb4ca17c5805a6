import { formatPercent } from './percent';

describe('formatPercent', () => {
  it.each([
    [20, 100, '20 %'],
    [1, 3, '33.3 %'],
    [12.54, 100, '12.5 %'],
    [250, 1000, '25 %'],
    [0, 100, '0 %'],
    [100, 100, '100 %'],
  ])('%s of %s is %s', (weight, max, expected) => {
    expect(formatPercent(weight, max)).toBe(expected.replace(' ', '\u00a0'));
  });

  it('does not claim 100 % or 0 % that is not quite so', () => {
    expect(formatPercent(99.97)).toBe('99.9\u00a0%');
    expect(formatPercent(0.02)).toBe('0.1\u00a0%');
  });

  it('has nothing to divide by when max is 0', () => {
    expect(formatPercent(5, 0)).toBe('0\u00a0%');
  });
});
