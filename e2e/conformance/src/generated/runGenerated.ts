import fc from 'fast-check';
import type { Bed } from '../bed/bed';
import { compareScenario } from '../compare/compareScenario';
import { differencesOf } from '../compare/differences';
import { type Played, playAll } from '../play/playAll';
import { type Worlds, startRealWorlds } from '../play/realWorld';
import type { Row } from '../report/report';
import type { Scenario } from '../scenarios/scenario';
import { type Plan, plan } from './plan';
import { scenarioOf } from './scenarioOf';

export interface GeneratedRun {
  count: number;
  seed: number;
  say: (line: string) => void;
}

/** How long a counterexample may be made smaller; milliseconds. */
const SHRINKING = 300_000;

/**
 * Random rollouts, each played by both on the real control plane. The first
 * one that ends differently is made as small as time allows.
 */
export async function runGenerated(
  bed: Bed,
  { count, seed, say }: GeneratedRun,
): Promise<Row[]> {
  say(`${count} generated rollouts; --seed ${seed} makes the same ones again`);
  const both = { ours: true };
  const worlds = await startRealWorlds(bed, both, say);
  try {
    const plans = fc.sample(plan, { seed, numRuns: count });
    const rows = await compareAll(worlds, plans, seed, say);
    const first = rows.findIndex(({ outcome }) => outcome === 'different');
    if (first >= 0) {
      say(`making the counterexample ${first} smaller …`);
      rows[first]!.details.push(await shrunk(worlds, seed, first, say));
    }
    return rows;
  } finally {
    await worlds.stop();
  }
}

async function compareAll(
  worlds: Worlds,
  plans: Plan[],
  seed: number,
  say: (line: string) => void,
): Promise<Row[]> {
  const scenarios = plans.map((one, index) =>
    scenarioOf(one, `random/${seed}-${index}`),
  );
  const rows = await playBoth(worlds, scenarios, row =>
    say(`${row.scenario}: ${row.outcome}`),
  );
  // Chance shows on either side: only what shows again is a difference.
  const again = scenarios.filter(
    (_, index) => rows[index]!.outcome === 'different',
  );
  const repeated = await playBoth(
    worlds,
    again.map(scenario => ({ ...scenario, name: `${scenario.name}-again` })),
    row => say(`${row.scenario}: ${row.outcome}`),
  );
  return rows.map((row, index) => {
    const second = repeated[again.indexOf(scenarios[index]!)];
    if (row.outcome !== 'different') return row;
    if (second?.outcome !== 'different') {
      return { ...row, outcome: 'same', details: ['the second time only'] };
    }
    return {
      ...row,
      details: [...row.details, `plan: ${JSON.stringify(plans[index])}`],
    };
  });
}

async function playBoth(
  worlds: Worlds,
  scenarios: Scenario[],
  over: (row: Row) => void,
): Promise<Row[]> {
  const rows = new Map<string, Row>();
  const half = new Map<string, Played>();
  const pair = (side: 'reference' | 'ours', played: Played) => {
    const { name } = played.scenario;
    const other = half.get(name);
    half.set(name, played);
    if (!other) return;
    const [reference, ours] =
      side === 'ours' ? [other, played] : [played, other];
    const row = compared(reference, ours);
    rows.set(name, row);
    over(row);
  };
  await Promise.all([
    playAll(
      worlds.reference,
      scenarios,
      played => pair('reference', played),
      6,
    ),
    playAll(worlds.ours, scenarios, played => pair('ours', played), 6),
  ]);
  return scenarios.map(({ name }) => rows.get(name)!);
}

function compared(reference: Played, ours: Played): Row {
  const { name } = ours.scenario;
  if (reference.aspects && ours.aspects) {
    return compareScenario(
      ours.scenario,
      'generated',
      reference.aspects,
      ours.aspects,
      differencesOf(name),
    );
  }
  // Both stuck at the same milestone is the same.
  const stuckAt = ({ failure = 'it ended' }: Played) =>
    failure.replace(/^.*?: /, '').replace(/;.*$/, '');
  const details = [reference, ours].map(
    ({ failure }, index) =>
      `${index === 0 ? 'reference' : 'ours'}: ${failure ?? 'it ended'}`,
  );
  return {
    scenario: `${name} · generated`,
    outcome: stuckAt(reference) === stuckAt(ours) ? 'same' : 'different',
    details,
  };
}

/** The smallest plan found that still differs, in words. */
async function shrunk(
  worlds: Worlds,
  seed: number,
  index: number,
  say: (line: string) => void,
): Promise<string> {
  let attempt = 0;
  const property = fc.asyncProperty(plan, async candidate => {
    attempt += 1;
    const scenario = scenarioOf(candidate, `smaller/${index}-${attempt}`);
    const [row] = await playBoth(worlds, [scenario], () => {});
    say(`smaller? ${row!.outcome}: ${JSON.stringify(candidate)}`);
    if (row!.outcome === 'different') throw new Error(row!.details.join('\n'));
  });
  const { counterexample } = await fc.check(property, {
    seed,
    path: `${index}`,
    interruptAfterTimeLimit: SHRINKING,
    markInterruptAsFailure: false,
  });
  return counterexample
    ? `smallest: ${JSON.stringify(counterexample[0])}`
    : 'alone it does not differ';
}
