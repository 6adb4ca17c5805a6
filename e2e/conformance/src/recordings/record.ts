import type { Bed } from '../bed/bed';
import { playAll } from '../play/playAll';
import { startRealWorlds } from '../play/realWorld';
import type { Row } from '../report/report';
import type { Scenario } from '../scenarios/scenario';
import { mergeRuns } from './mergeRuns';
import { writeRecording } from './recordingFiles';

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
  const start = { reference: true, ours: false };
  const worlds = await startRealWorlds(bed, start, say);
  try {
    const again = scenarios.map(scenario => ({
      ...scenario,
      name: `${scenario.name}-again`,
    }));
    const played = await playAll(
      worlds.reference,
      scenarios.flatMap((scenario, index) => [scenario, again[index]!]),
      ({ scenario, failure }) =>
        say(`${scenario.name}: ${failure ?? 'played'}`),
    );
    const result = (name: string) =>
      played.find(({ scenario }) => scenario.name === name)!;
    return scenarios.map(scenario =>
      recorded(
        scenario,
        result(scenario.name),
        result(`${scenario.name}-again`),
      ),
    );
  } finally {
    await worlds.stop();
  }
}

function recorded(
  scenario: Scenario,
  first: Awaited<ReturnType<typeof playAll>>[number],
  second: Awaited<ReturnType<typeof playAll>>[number],
): Row {
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
  for (const aspect of disagree) delete aspects[aspect];
  const written = writeRecording(scenario, aspects);
  return {
    scenario: scenario.name,
    outcome: 'same',
    details: [written ? 'written' : 'as before'],
  };
}
