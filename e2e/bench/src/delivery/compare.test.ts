import { compare } from './compare';

describe('a comparison', () => {
  it('is the median of the ratios of each round', () => {
    const row = compare(
      { what: 'time', unit: 's', goal: 0.6 },
      { ours: [10, 30, 8], reference: [20, 30, 20] },
    );
    expect(row).toMatchObject({
      what: 'time',
      value: 0.5,
      unit: 'of the reference',
      budget: 0.6,
    });
    expect(row.note).toBe(
      'ours 10 s, reference 20 s, ratios 0.4 to 1 in 3 rounds',
    );
  });

  it('of one round says no spread', () => {
    const row = compare(
      { what: 'time', unit: 's', note: 'alone' },
      { ours: [1], reference: [3] },
    );
    expect(row.note).toBe('ours 1 s, reference 3 s; alone');
  });
});
