import type { Bed } from '../bed/bed';
import { type Played, playAll } from '../play/playAll';
import { startRealWorlds } from '../play/realWorld';
import type { Row } from '../report/report';
import type { Scenario } from '../scenarios/scenario';
import { mergeRuns } from './mergeRuns';
import { writeRecording } from './recordingFiles';
import { twice } from './twice';

/** How many play at the same time: few, so that little seems brief and much comes to rest. */
const SIDE_BY_SIDE = 6;

/**
 * Plays each scenario twice with the reference in charge and writes down what
 * both runs have in common. Where they disagree it does not: the scenario
 * leaves something to chance.
 */
export async function record(
  bed: Bed,
  scenarios: Scenario[],
  say: (line: string) => void,
): Promise<Row[]> {
  const start = { ours: false };
  const worlds = await startRealWorlds(bed, start, say);
  try {
    const rows = new Map<Scenario, Row>();
    const firstOf = new Map<Scenario, Played>();
    const { plays, scenarioOf } = twice(scenarios);
    await playAll(
      worlds.reference,
      plays,
      played => {
        const scenario = scenarioOf(played.scenario);
        const first = firstOf.get(scenario);
        firstOf.set(scenario, played);
        if (!first) return;
        const row = recorded(scenario, first, played);
        rows.set(scenario, row);
        say(`${scenario.name}: ${row.outcome} ${row.details.join(' ')}`);
      },
      SIDE_BY_SIDE,
    );
    return scenarios.map(scenario => rows.get(scenario)!);
  } finally {
    await worlds.stop();
  }
}

function recorded(scenario: Scenario, first: Played, second: Played): Row {
  const failures = [first.failure, second.failure].filter(
    failure => failure !== undefined,
  );
  if (!first.aspects || !second.aspects) {
    return {
      scenario: scenario.name,
      outcome: 'different',
      details: failures,
    };
  }
  const { aspects, disagree } = mergeRuns(first.aspects, second.aspects);
  const unexplained = disagree.filter(
    aspect => !scenario.unsteady?.aspect.test(aspect),
  );
  if (unexplained.length > 0) {
    const show = (aspect: string) =>
      [first, second].map(({ aspects: seen }) =>
        (seen![aspect] ?? [])
          .map(({ value, brief }) => (brief ? `[${value}]` : value))
          .join(' → '),
      );
    return {
      scenario: scenario.name,
      outcome: 'different',
      details: unexplained.flatMap(aspect => [
        `two runs of the reference disagree on ${aspect}:`,
        ...show(aspect),
      ]),
    };
  }
  for (const aspect of Object.keys(aspects)) {
    if (scenario.unsteady?.aspect.test(aspect)) delete aspects[aspect];
  }
  const written = writeRecording(scenario, aspects);
  return {
    scenario: scenario.name,
    outcome: 'same',
    details: [written ? 'written' : 'as before'],
  };
}
