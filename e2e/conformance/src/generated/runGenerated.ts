import fc from 'fast-check';
import type { Bed } from '../bed/bed';
import { compareScenario } from '../compare/compareScenario';
import { differencesOf } from '../compare/differences';
import { type Played, playAll } from '../play/playAll';
import { sure } from '../play/playUntilSure';
import { type Worlds, startRealWorlds } from '../play/realWorld';
import { type Row, formatRow } from '../report/report';
import { passingOf } from './passingOf';
import { type Plan, plan } from './plan';
import { scenarioOf } from './scenarioOf';

export interface GeneratedRun {
  count: number;
  seed: number;
  /** The number of the only one to be played. */
  only?: number;
  say: (line: string) => void;
}

/** How long a counterexample may be made smaller; milliseconds. */
const SHRINKING = 300_000;

/** A generated rollout and its number: with the seed it makes the same again. */
interface Generated {
  number: number;
  plan: Plan;
}

/**
 * Random rollouts, each played by both on the real control plane. The first
 * one that ends differently is made as small as time allows.
 */
export async function runGenerated(
  bed: Bed,
  { count, seed, only, say }: GeneratedRun,
): Promise<Row[]> {
  say(`${count} generated rollouts; --seed ${seed} makes the same ones again`);
  const both = { ours: true };
  const worlds = await startRealWorlds(bed, both, say);
  try {
    const chosen = fc
      .sample(plan, { seed, numRuns: Math.max(count, (only ?? 0) + 1) })
      .map((one, number): Generated => ({ number, plan: one }))
      .filter(({ number }) => only === undefined || number === only);
    const rows = await compareAll(worlds, chosen, seed, say);
    const first = rows.findIndex(({ outcome }) => outcome === 'different');
    if (first >= 0) {
      const { number } = chosen[first]!;
      say(`making the counterexample ${number} smaller …`);
      rows[first]!.details.push(await shrunk(worlds, seed, number, say));
    }
    return rows;
  } finally {
    await worlds.stop();
  }
}

/** Plays all, those that differ again, and those that disagree a third time. */
async function compareAll(
  worlds: Worlds,
  generated: Generated[],
  seed: number,
  say: (line: string) => void,
): Promise<Row[]> {
  const found = new Map<number, Row[]>();
  const play = async (some: Generated[], time: string) => {
    const rows = await playBoth(
      worlds,
      some.map(({ number, plan: one }) => ({
        name: `random/${seed}-${number}${time}`,
        plan: one,
      })),
      row => say(formatRow(row)),
    );
    some.forEach(({ number }, index) =>
      found.set(number, [...(found.get(number) ?? []), rows[index]!]),
    );
    return some.filter(({ number }) => !sure(found.get(number)!));
  };
  await play(await play(await play(generated, ''), '-again'), '-third');
  return generated.map(({ number, plan: one }) => {
    const row = sure(found.get(number)!)!;
    return row.outcome === 'different'
      ? {
          ...row,
          details: [
            ...row.details,
            `again: yarn conformance --random 1 --seed ${seed} --only ${number}`,
            `plan: ${JSON.stringify(one)}`,
          ],
        }
      : row;
  });
}

async function playBoth(
  worlds: Worlds,
  named: { name: string; plan: Plan }[],
  over: (row: Row) => void,
): Promise<Row[]> {
  const plans = new Map(named.map(({ name, plan: one }) => [name, one]));
  const scenarios = named.map(({ name, plan: one }) => scenarioOf(one, name));
  const rows = new Map<string, Row>();
  const half = new Map<string, Played>();
  const pair = (side: 'reference' | 'ours', played: Played) => {
    const { name } = played.scenario;
    const other = half.get(name);
    half.set(name, played);
    if (!other) return;
    const [reference, ours] =
      side === 'ours' ? [other, played] : [played, other];
    const row = compared(plans.get(name)!, reference, ours);
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

function compared(one: Plan, reference: Played, ours: Played): Row {
  const { name } = ours.scenario;
  if (reference.aspects && ours.aspects) {
    return compareScenario(
      ours.scenario,
      'generated',
      passingOf(one, reference.aspects),
      passingOf(one, ours.aspects),
      differencesOf(name, true),
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
    const named = { name: `smaller/${index}-${attempt}`, plan: candidate };
    const [row] = await playBoth(worlds, [named], () => {});
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
