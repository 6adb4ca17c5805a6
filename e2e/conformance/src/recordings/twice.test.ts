import { twice } from './twice';

const named = (name: string) => ({ name, objects: [], acts: [] });

describe('twice', () => {
  it('plays each scenario two times, under two names', () => {
    const { plays } = twice([named('canary/one'), named('canary/two')]);
    expect(plays.map(({ name }) => name)).toEqual([
      'canary/one',
      'again/canary/one',
      'canary/two',
      'again/canary/two',
    ]);
  });

  it('knows whose play each is, whatever the names are', () => {
    const scenarios = [named('canary/down'), named('canary/down-again')];
    const { plays, scenarioOf } = twice(scenarios);
    expect(plays.map(scenarioOf)).toEqual([
      scenarios[0],
      scenarios[0],
      scenarios[1],
      scenarios[1],
    ]);
  });

  it('refuses a play of none of them', () => {
    const { scenarioOf } = twice([named('canary/one')]);
    expect(() => scenarioOf(named('canary/two'))).toThrow(
      "canary/two is nobody's play",
    );
  });
});
