import { table, verdict } from './measurement';

describe('a measurement', () => {
  it.each([
    [1.0002, 'MISSED'],
    [1.01, 'MISSED'],
    [0.6, 'met'],
    [999.6, 'MISSED'],
  ])('of %d against a budget of 1 is %s', (value, expected) => {
    expect(verdict({ what: 'writes', value, unit: 's', budget: 1 })).toBe(
      expected,
    );
  });

  it('without a budget is not judged', () => {
    const row = { what: 'memory', value: 3.14159, unit: 'MB' };
    expect(verdict(row)).toBe('');
    expect(table([row])).toMatch(/^memory {2,}3\.14 MB$/m);
  });
});
