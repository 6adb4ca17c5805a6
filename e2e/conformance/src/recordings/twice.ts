import type { Scenario } from '../scenarios/scenario';

/** Each scenario to be played two times, and which one a play is of. */
export interface Twice {
  plays: Scenario[];
  scenarioOf(play: Scenario): Scenario;
}

/**
 * The two plays of a scenario have different names, for each has a namespace of
 * its own. A name says nothing about whose play it is: it may end, or begin, as
 * that of another scenario.
 */
export function twice(scenarios: Scenario[]): Twice {
  const of = new Map<Scenario, Scenario>();
  for (const scenario of scenarios) {
    of.set(scenario, scenario);
    of.set({ ...scenario, name: `again/${scenario.name}` }, scenario);
  }
  return {
    plays: [...of.keys()],
    scenarioOf(play) {
      const scenario = of.get(play);
      if (!scenario) throw new Error(`${play.name} is nobody's play`);
      return scenario;
    },
  };
}
