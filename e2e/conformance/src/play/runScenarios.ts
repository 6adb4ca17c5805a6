import { join } from 'node:path';
import type { Bed } from '../bed/bed';
import { startLocalBed } from '../bed/localBed';
import { compareScenario } from '../compare/compareScenario';
import { chancesOfReference, differencesOf } from '../compare/differences';
import type { Aspects } from '../compare/compareAspects';
import { standingAt } from '../compare/standing';
import { asOpen } from '../compare/openDifferences';
import { readRecording } from '../recordings/recordingFiles';
import { type Row, formatRow } from '../report/report';
import { isOfReference } from '../scenarios/choose';
import type { Scenario } from '../scenarios/scenario';
import { startLocalWorld } from './localWorld';
import { type Played, playAll } from './playAll';
import type { World } from './playScenario';
import { playUntilSure } from './playUntilSure';
import { startRealWorlds } from './realWorld';

export interface ScenarioRun {
  scenarios: Scenario[];
  /** Play the reference too, instead of reading what was recorded. */
  fresh: boolean;
  /** Which columns beside the reference's. */
  columns: Column[];
  logs: string;
  say: (line: string) => void;
}

export const COLUMNS = ['real', 'local', 'reference-local'] as const;
export type Column = (typeof COLUMNS)[number];

const TITLES: Record<Column, string> = {
  real: 'ours on the real control plane',
  local: 'ours on the local cluster',
  'reference-local': 'the reference on the local cluster',
};

/** What a column does with its world, which ends afterwards. */
type InWorld = (world: World) => Promise<Row[]>;
type Play = (bed: Bed, run: ScenarioRun, play: InWorld) => Promise<Row[]>;

async function playLocally(
  who: 'ours' | 'reference',
  { programs }: Bed,
  { logs }: ScenarioRun,
  play: InWorld,
): Promise<Row[]> {
  const bed = await startLocalBed(programs.crds, join(logs, `local-${who}`));
  try {
    const world = await startLocalWorld(bed, who, programs);
    try {
      return await play(world);
    } finally {
      await world.stop();
    }
  } finally {
    await bed.stop();
  }
}

const PLAY: Record<Column, Play> = {
  async real(bed, { say }, play) {
    const start = { ours: true };
    const worlds = await startRealWorlds(bed, start, say);
    try {
      return await play(worlds.ours);
    } finally {
      await worlds.stop();
    }
  },
  local: (bed, run, play) => playLocally('ours', bed, run, play),
  'reference-local': (bed, run, play) =>
    playLocally('reference', bed, run, play),
};

/** Of a scenario in which two runs of the reference disagree, or a new one. */
const NOT_RECORDED = 'the reference was not recorded: yarn conformance record';

/** A router that the reference has by a plugin only, or not at all. */
const NOT_ITS_OWN = 'the reference does not have this router by itself';

/** Every scenario in each column, beside what the reference does on the real control plane. */
export async function runScenarios(bed: Bed, run: ScenarioRun): Promise<Row[]> {
  const expected = await expectations(bed, run);
  const rows: Row[] = [];
  for (const column of run.columns) {
    const begun = performance.now();
    const compared = (played: Played) => {
      const row = compareWith(expected, column, played);
      return column === 'reference-local'
        ? row
        : asOpen(played.scenario.name, row);
    };
    const over = (row: Row) => run.say(formatRow(row));
    const isPlayed = (scenario: Scenario) =>
      column !== 'reference-local' || isOfReference(scenario);
    const played = run.scenarios.filter(isPlayed);
    const skipped = run.scenarios
      .filter(scenario => !isPlayed(scenario))
      .map(({ name }): Row => ({
        scenario: `${name} · ${TITLES[column]}`,
        outcome: 'skipped',
        details: [NOT_ITS_OWN],
      }));
    const found = await PLAY[column](bed, run, world =>
      playUntilSure(world, played, compared, over),
    );
    rows.push(...found, ...skipped);
    const seconds = Math.round((performance.now() - begun) / 1000);
    run.say(`${TITLES[column]}: ${found.length} scenarios in ${seconds} s`);
  }
  return rows.sort((a, b) => (a.scenario < b.scenario ? -1 : 1));
}

async function expectations(
  bed: Bed,
  { scenarios, fresh, say }: ScenarioRun,
): Promise<Map<string, Aspects | string>> {
  const expected = new Map<string, Aspects | string>();
  for (const scenario of scenarios) {
    expected.set(scenario.name, readRecording(scenario) ?? NOT_RECORDED);
  }
  if (!fresh) return expected;
  const worlds = await startRealWorlds(bed, { ours: false }, say);
  try {
    const played = scenarios.filter(isOfReference);
    await playAll(worlds.reference, played, ({ scenario, ...result }) => {
      expected.set(
        scenario.name,
        result.aspects ?? `the reference: ${result.failure}`,
      );
    });
  } finally {
    await worlds.stop();
  }
  return expected;
}

function compareWith(
  expected: Map<string, Aspects | string>,
  column: Column,
  { scenario, aspects, failure }: Played,
): Row {
  const title = TITLES[column];
  const reference = expected.get(scenario.name)!;
  const documented =
    column === 'reference-local'
      ? chancesOfReference()
      : differencesOf(scenario.name);
  const stands =
    typeof reference === 'string'
      ? undefined
      : standingAt(documented, { failure, aspects }, reference);
  if (stands) {
    return {
      scenario: `${scenario.name} · ${title}`,
      outcome: 'documented',
      details: [stands.reason],
    };
  }
  if (typeof reference === 'string' || !aspects) {
    const why = typeof reference === 'string' ? reference : failure!;
    return {
      scenario: `${scenario.name} · ${title}`,
      outcome: reference === NOT_RECORDED ? 'skipped' : 'different',
      details: [why],
    };
  }
  return compareScenario(scenario, title, reference, aspects, documented);
}
