import { SCENARIOS } from '.';

describe('the scenarios', () => {
  const names = SCENARIOS.map(({ name }) => name);

  it('are at least 120', () => {
    expect(names.length).toBeGreaterThanOrEqual(120);
  });

  it('have names of their own, that also name a namespace', () => {
    expect(new Set(names).size).toBe(names.length);
    expect(
      names.filter(name => !/^[a-z0-9-]+\/[a-z0-9-]+$/.test(name)),
    ).toEqual([]);
    // Before it stands who plays, after it perhaps that it is played again.
    expect(names.filter(name => `reference-${name}-again`.length > 63)).toEqual(
      [],
    );
  });
});
