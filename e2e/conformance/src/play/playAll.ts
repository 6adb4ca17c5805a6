import type { Aspects } from '../compare/compareAspects';
import type { Scenario } from '../scenarios/scenario';
import { type World, playScenario } from './playScenario';

export interface Played {
  scenario: Scenario;
  aspects?: Aspects;
  /** Why there are none. */
  failure?: string;
}

/** How many play at the same time on two cores without waiting for each other. */
export const SIDE_BY_SIDE = 12;

/** Plays scenarios side by side; tells of each as soon as it is over. */
export async function playAll(
  world: World,
  scenarios: Scenario[],
  over: (played: Played) => void,
  sideBySide = SIDE_BY_SIDE,
): Promise<Played[]> {
  const waiting = [...scenarios];
  const results: Played[] = [];
  const lane = async () => {
    for (;;) {
      const scenario = waiting.shift();
      if (!scenario) return;
      const played = await attempt(world, scenario);
      results.push(played);
      over(played);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, lane));
  return results;
}

async function attempt(world: World, scenario: Scenario): Promise<Played> {
  try {
    return { scenario, aspects: await playScenario(world, scenario) };
  } catch (error) {
    return {
      scenario,
      failure: error instanceof Error ? error.message : String(error),
    };
  }
}
