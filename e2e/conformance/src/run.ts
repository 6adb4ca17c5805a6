import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ourPlan } from './actions/ourPlan';
import { runActionTable } from './actions/runActionTable';
import { type Bed, startBed } from './bed/bed';
import { hasGo, preparePrograms } from './bed/programs';
import { VERSIONS } from './bed/versions';
import { runBrowserDemo } from './browser/runBrowserDemo';
import { type Row, formatRow, summary } from './report/report';
import { runDemo } from './scenarios/runDemo';

interface Part {
  what: string;
  run: (bed: Bed) => Promise<Row[]>;
}

const PARTS: Record<string, Part> = {
  actions: {
    what: 'each action beside what the reference’s CLI produces',
    run: bed => runActionTable(bed, ourPlan),
  },
  demo: {
    what: 'the demo, the reference’s controller beside ours',
    run: bed => runDemo(bed, console.log),
  },
  browser: {
    what: 'the portal in a browser, with the reference in charge',
    run: bed => runBrowserDemo(bed, console.log),
  },
};

const HELP = `Usage: yarn conformance [PART…]

Holds this project beside Argo Rollouts ${VERSIONS.argoRollouts} on Kubernetes ${VERSIONS.kubernetes}. Needs Go.
Without a part, all of them:

${Object.entries(PARTS)
  .map(([name, { what }]) => `  ${name.padEnd(9)}${what}`)
  .join('\n')}
`;

/** A part that breaks off is a failure, and the others still run. */
async function runPart(name: string, part: Part, cache: string) {
  try {
    const programs = preparePrograms(cache, console.log);
    const begun = performance.now();
    // A bed of its own: no part sees what another one left.
    const bed = await startBed(programs, join(cache, 'logs', name));
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    console.log(
      `${name}: Kubernetes ${VERSIONS.kubernetes} is ready after ${seconds} s`,
    );
    try {
      return await part.run(bed);
    } finally {
      await bed.stop();
    }
  } catch (error) {
    const details = [error instanceof Error ? error.message : String(error)];
    return [{ scenario: name, outcome: 'different', details } satisfies Row];
  }
}

/** `yarn conformance [actions] [demo] [browser]`: all parts, or those named. */
async function main(names: string[]) {
  if (names.some(name => name === '--help' || name === '-h')) {
    console.log(HELP);
    return;
  }
  const unknown = names.filter(name => !(name in PARTS));
  if (unknown.length > 0) {
    throw new Error(
      `No part ${unknown.join(', ')}. There are: ${Object.keys(PARTS).join(', ')}`,
    );
  }
  if (!hasGo()) {
    console.log(
      'Go is not installed: there is no reference to compare with. Install Go 1.24 or later to run this.',
    );
    console.log('0 passed, 0 failed, 1 skipped');
    return;
  }
  const cache = join(__dirname, '../../../.cache/conformance');
  const rows: Row[] = [];
  for (const [name, part] of Object.entries(PARTS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const found = await runPart(name, part, cache);
    rows.push(...found);
    console.log(`\n${found.map(formatRow).join('\n')}\n`);
  }
  mkdirSync(cache, { recursive: true });
  writeFileSync(
    join(cache, '../conformance.json'),
    `${JSON.stringify({ versions: VERSIONS, rows }, undefined, 2)}\n`,
  );
  console.log(summary(rows));
  if (rows.some(({ outcome }) => outcome === 'different')) process.exitCode = 1;
}

main(process.argv.slice(2)).then(
  // Connections kept alive must not keep the process.
  () => process.exit(),
  error => {
    console.error(error instanceof Error ? error.message : error);
    console.log('0 passed, 1 failed, 0 skipped');
    process.exit(1);
  },
);
