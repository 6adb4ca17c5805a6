import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runAdmission } from './admission/runAdmission';
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
import { builtKubectls, buildKubectl } from './bed/kubectlClient';
import { ownKubectl, runLocalCluster } from './localCluster/runLocalCluster';
import { record } from './recordings/record';
import { readRecording } from './recordings/recordingFiles';
import { type Row, formatRow, summary } from './report/report';
import { chooseByName, chooseTenth, isOfReference } from './scenarios/choose';
import { SCENARIOS } from './scenarios/library';
import type { Scenario } from './scenarios/scenario';
import { RESTARTS } from './scenarios/library/stepMatrix';

const ROOT = join(__dirname, '../../..');
const CACHE = join(ROOT, '.cache/conformance');
const say = console.log;

function checkedOut(): string {
  return execFileSync('git', ['rev-parse', 'HEAD'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).trim();
}

function chosen(command: Command) {
  return tenthOf(chooseByName(SCENARIOS, command.names), command);
}

/** All of them, or the tenth that the commit chooses. */
function tenthOf(scenarios: Scenario[], { tenth, commit }: Command) {
  if (!tenth) return scenarios;
  const seed = commit ?? checkedOut();
  say(`A tenth of the scenarios, as commit ${seed} chooses it`);
  return chooseTenth(scenarios, seed);
}

function toRecord(command: Command) {
  return chosen(command).filter(
    scenario =>
      isOfReference(scenario) &&
      (!command.missing || readRecording(scenario) === undefined),
  );
}

/** The one asked for; or all that are there, in the short form the usual one. */
function kubectlsOf(
  { programs }: Bed,
  { tenth, kubectl }: Pick<Command, 'tenth' | 'kubectl'>,
) {
  if (kubectl) return [buildKubectl(programs.folder, kubectl, say)];
  return [
    ownKubectl(programs),
    ...(tenth ? [] : builtKubectls(programs.folder)),
  ];
}

const PARTS: Record<
  Command['parts'][number],
  (bed: Bed, command: Command) => Promise<Row[]>
> = {
  actions: bed => runActionTable(bed, ourPlan),
  admission: bed => runAdmission(bed),
  demo: bed => runDemo(bed, say),
  'local-cluster': (bed, { tenth, commit = checkedOut(), kubectl, churn }) =>
    runLocalCluster(bed, join(CACHE, 'logs/local-cluster-own'), say, {
      chooser: tenth ? commit : undefined,
      kubectls: kubectlsOf(bed, { tenth, kubectl }),
      churnMinutes: churn,
    }),
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
  handover: (bed, command) => {
    const named = chooseByName(RESTARTS, command.names);
    return runHandover(bed, tenthOf(named, command), say);
  },
  ghost: bed => runGhost(bed, say),
  generated: (bed, { random, seed, only }) =>
    runGenerated(bed, { count: random, seed, only, say }),
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
    const begun = performance.now();
    const found = await runPart(name, command);
    rows.push(...found);
    const whole = Math.round((performance.now() - begun) / 1000);
    say(`\n${name}: ${whole} s`);
    say(`${found.map(formatRow).join('\n')}\n`);
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
