import { hasGo } from '../../../conformance/src/bed/programs';
import type { Measurement } from '../measurement';
import { runAnalyses } from './analysisRuns';
import { type Arena, startArena } from './arena';
import { total } from './auditLog';
import { REPLICAS, runCanaries, type CanaryRun } from './canaries';
import { compare, rounded, type Comparison } from './compare';
import { CONTENDERS, type Contender, type Limit } from './contender';
import type { DeliveryArguments, Part } from './deliveryArguments';
import { median } from './median';
import { runPodsAlone } from './podsAlone';
import { runIdle, withRestingRollouts } from './idle';
import { runRestart, withHistory } from './restart';

/** Ours may take at most this part of the reference's time. */
const TIME_GOAL = 0.6;

const say = (line: string) => console.log(line);

/** Each round's result of each contender. */
type Rounds<T> = Record<Contender, T[]>;

/** Ours beside the reference, on the same control plane, taking turns. */
export async function measureDelivery(
  args: DeliveryArguments,
): Promise<Measurement[]> {
  if (!hasGo()) {
    say('delivery needs Go to build the reference: left out');
    return [];
  }
  const parts: Record<Part, (arena: Arena) => Promise<Measurement[]>> = {
    canaries: arena => canaries(arena, args),
    idle: arena => idle(arena, args),
    analyses: arena => analyses(arena, args),
    restart: arena => restart(arena, args),
  };
  const measurements: Measurement[] = [];
  for (const part of args.parts) {
    // An arena of its own: no part sees what another one left.
    const arena = await startArena(say);
    try {
      measurements.push(...(await parts[part](arena)));
    } finally {
      await arena.stop();
    }
  }
  return measurements;
}

/** Who is first changes with each round. */
async function takeTurns<T>(
  count: number,
  run: (contender: Contender) => Promise<T>,
): Promise<Rounds<T>> {
  const rounds: Rounds<T> = { reference: [], ours: [] };
  for (let round = 0; round < count; round++) {
    const order = round % 2 ? [...CONTENDERS].reverse() : CONTENDERS;
    for (const contender of order) {
      const result = await run(contender);
      say(`  round ${round + 1}, ${contender}: ${JSON.stringify(result)}`);
      rounds[contender].push(result);
    }
  }
  return rounds;
}

function row<T>(
  comparison: Comparison,
  { reference, ours }: Rounds<T>,
  figure: (result: T) => number,
): Measurement {
  return compare(comparison, {
    reference: reference.map(figure),
    ours: ours.map(figure),
  });
}

async function canaries(
  arena: Arena,
  { sizes, limits, rounds }: DeliveryArguments,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const size of sizes) {
    const alone = await podsAlone(arena, size, rounds);
    for (const limit of limits) {
      const results = await takeTurns(rounds, contender =>
        runCanaries(arena, contender, limit, size),
      );
      measurements.push(...canaryRows(results, limit, size, alone));
    }
  }
  return measurements;
}

/** The median of the rounds; seconds. */
async function podsAlone(
  arena: Arena,
  size: number,
  rounds: number,
): Promise<number> {
  const all: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const seconds = await runPodsAlone(arena, size, REPLICAS);
    say(`  round ${round}, ${size} canaries' pods alone: ${seconds} s`);
    all.push(seconds);
  }
  return median(all);
}

function canaryRows(
  results: Rounds<CanaryRun>,
  limit: Limit,
  size: number,
  alone: number,
): Measurement[] {
  const what = `${size} canaries${limit === 'defaults' ? ', default limits' : ''}`;
  const memoryGoal = size >= 500 ? 1 : undefined;
  return [
    row(
      {
        what: `${what}: time`,
        unit: 's',
        goal: TIME_GOAL,
        note: `the pods alone take ${rounded(alone)} s`,
      },
      results,
      ({ seconds }) => seconds,
    ),
    row(
      { what: `${what}: CPU`, unit: 's', goal: 1 },
      results,
      ({ cpuSeconds }) => cpuSeconds,
    ),
    row(
      { what: `${what}: peak memory`, unit: 'MB', goal: memoryGoal },
      results,
      ({ peakRss }) => peakRss,
    ),
    row(
      {
        what: `${what}: writes`,
        unit: 'a rollout',
        goal: 1,
        note: CONTENDERS.map(
          contender => `${contender}: ${perRollout(results[contender], size)}`,
        ).join('; '),
      },
      results,
      ({ writes }) => total(writes) / size,
    ),
  ];
}

/** The last round's writes by what was written. */
function perRollout(runs: CanaryRun[], size: number): string {
  return Object.entries(runs.at(-1)?.writes ?? {})
    .sort(([, a], [, b]) => b - a)
    .map(([what, count]) => `${what} ${(count / size).toFixed(1)}`)
    .join(', ');
}

async function idle(
  arena: Arena,
  { rounds, rollouts = 1000 }: DeliveryArguments,
): Promise<Measurement[]> {
  const results = await withRestingRollouts(arena, rollouts, () =>
    takeTurns(rounds, contender => runIdle(arena, contender)),
  );
  const what = `${rollouts} rollouts at rest`;
  return [
    row(
      { what: `${what}: CPU of a minute`, unit: 's', goal: 1 },
      results,
      ({ cpuSecondsPerMinute }) => cpuSecondsPerMinute,
    ),
    row({ what: `${what}: memory`, unit: 'MB' }, results, ({ rss }) => rss),
  ];
}

async function analyses(
  arena: Arena,
  { rounds, runs = 1000 }: DeliveryArguments,
): Promise<Measurement[]> {
  const results = await takeTurns(rounds, contender =>
    runAnalyses(arena, contender, runs),
  );
  const what = `${runs} AnalysisRuns`;
  return [
    row(
      { what: `${what}: CPU of a minute`, unit: 's', goal: 1 },
      results,
      ({ cpuSecondsPerMinute }) => cpuSecondsPerMinute,
    ),
    row(
      { what: `${what}: measurements made of those due`, unit: 'of 1' },
      results,
      ({ kept }) => kept,
    ),
    row(
      { what: `${what}: writes`, unit: 'a measurement', goal: 1 },
      results,
      ({ writesPerMeasurement }) => writesPerMeasurement,
    ),
    row(
      { what: `${what}: peak memory`, unit: 'MB' },
      results,
      ({ peakRss }) => peakRss,
    ),
  ];
}

async function restart(
  arena: Arena,
  {
    rounds,
    rollouts = 2000,
    runs = 10_000,
    namespaces = 20,
  }: DeliveryArguments,
): Promise<Measurement[]> {
  const sizes = {
    rolloutCount: rollouts,
    runCount: runs,
    namespaceCount: namespaces,
  };
  const results = await withHistory(arena, sizes, () =>
    takeTurns(rounds, contender => runRestart(arena, contender)),
  );
  const what = `restart, ${rollouts} rollouts, ${runs} finished AnalysisRuns, ${namespaces} namespaces`;
  const cutOff = CONTENDERS.flatMap(contender => {
    const unseen = Math.max(...results[contender].map(run => run.unseen));
    return unseen > 0
      ? [`${contender} was cut off with ${unseen} not seen to`]
      : [];
  });
  const half = runs >= 10_000 ? 0.5 : undefined;
  return [
    row(
      { what: `${what}: time to the first of the changed`, unit: 's' },
      results,
      ({ firstSeconds }) => firstSeconds,
    ),
    row(
      {
        what: `${what}: time to all of the changed`,
        unit: 's',
        note: cutOff.join('; ') || undefined,
      },
      results,
      ({ allSeconds }) => allSeconds,
    ),
    row(
      { what: `${what}: CPU until then`, unit: 's', goal: 1 },
      results,
      ({ cpuSeconds }) => cpuSeconds,
    ),
    row(
      { what: `${what}: memory after`, unit: 'MB', goal: half },
      results,
      ({ rss }) => rss,
    ),
    row(
      { what: `${what}: peak memory`, unit: 'MB', goal: half },
      results,
      ({ peakRss }) => peakRss,
    ),
  ];
}
