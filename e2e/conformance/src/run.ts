import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ourPlan } from './actions/ourPlan';
import { runActionTable } from './actions/runActionTable';
import { type Bed, startBed } from './bed/bed';
import { hasGo, preparePrograms } from './bed/programs';
import { VERSIONS } from './bed/versions';
import { runBrowserDemo } from './browser/runBrowserDemo';
import { type Command, HELP, readCommand } from './command';
import { runDemo } from './demo/runDemo';
import { runGenerated } from './generated/runGenerated';
import { runGhost } from './ghost/runGhost';
import { runHandover } from './handover/runHandover';
import { runScenarios } from './play/runScenarios';
import { runLocalCluster } from './localCluster/runLocalCluster';
import { record } from './recordings/record';
import { readRecording } from './recordings/recordingFiles';
import { type Row, formatRow, summary } from './report/report';
import { chooseByName, chooseTenth } from './scenarios/choose';
import { SCENARIOS } from './scenarios/library';
import { RESTARTS } from './scenarios/library/stepMatrix';

const ROOT = join(__dirname, '../../..');
const CACHE = join(ROOT, '.cache/conformance');
const say = console.log;

function commit(): string {
  return execFileSync('git', ['rev-parse', 'HEAD'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).trim();
}

function chosen({ names, tenth }: Command) {
  const scenarios = chooseByName(SCENARIOS, names);
  if (!tenth) return scenarios;
  say(`A tenth of the scenarios, as commit ${commit()} chooses it`);
  return chooseTenth(scenarios, commit());
}

function toRecord(command: Command) {
  return chosen(command).filter(
    scenario => !command.missing || readRecording(scenario) === undefined,
  );
}

const PARTS: Record<
  Command['parts'][number],
  (bed: Bed, command: Command) => Promise<Row[]>
> = {
  actions: bed => runActionTable(bed, ourPlan),
  demo: bed => runDemo(bed, say),
  'local-cluster': bed =>
    runLocalCluster(bed, join(CACHE, 'logs/local-cluster-own'), say),
  browser: bed => runBrowserDemo(bed, say),
  record: (bed, command) => record(bed, toRecord(command), say),
  scenarios: (bed, command) =>
    runScenarios(bed, {
      scenarios: chosen(command),
      fresh: command.fresh,
      columns: command.columns,
      logs: join(CACHE, 'logs'),
      say,
    }),
  handover: (bed, { tenth }) =>
    runHandover(bed, tenth ? chooseTenth(RESTARTS, commit()) : RESTARTS, say),
  ghost: bed => runGhost(bed, say),
  generated: (bed, { random, seed }) =>
    runGenerated(bed, { count: random, seed, say }),
};

/** A part that breaks off is a failure, and the others still run. */
async function runPart(name: Command['parts'][number], command: Command) {
  try {
    const programs = preparePrograms(CACHE, say);
    const begun = performance.now();
    // A bed of its own: no part sees what another one left.
    const bed = await startBed(programs, join(CACHE, 'logs', name));
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    say(
      `${name}: Kubernetes ${VERSIONS.kubernetes} is ready after ${seconds} s`,
    );
    try {
      return await PARTS[name](bed, command);
    } finally {
      await bed.stop();
    }
  } catch (error) {
    const details = [error instanceof Error ? error.message : String(error)];
    return [{ scenario: name, outcome: 'different', details } satisfies Row];
  }
}

async function main(args: string[]) {
  const command = readCommand(args);
  if (command.help) {
    say(HELP);
    return;
  }
  if (!hasGo()) {
    say(
      'Go is not installed: there is no reference to compare with. Install Go 1.24 or later to run this.',
    );
    say('0 passed, 0 failed, 1 skipped');
    return;
  }
  const rows: Row[] = [];
  for (const name of command.parts) {
    const found = await runPart(name, command);
    rows.push(...found);
    say(`\n${found.map(formatRow).join('\n')}\n`);
  }
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(
    join(CACHE, '../conformance.json'),
    `${JSON.stringify({ versions: VERSIONS, rows }, undefined, 2)}\n`,
  );
  say(summary(rows));
  if (rows.some(({ outcome }) => outcome === 'different')) process.exitCode = 1;
}

main(process.argv.slice(2)).then(
  // Connections kept alive must not keep the process.
  () => process.exit(),
  error => {
    console.error(error instanceof Error ? error.message : error);
    say('0 passed, 1 failed, 0 skipped');
    process.exit(1);
  },
);
