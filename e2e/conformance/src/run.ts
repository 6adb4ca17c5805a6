import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ourPlan } from './actions/ourPlan';
import { runActionTable } from './actions/runActionTable';
import { type Bed, startBed } from './bed/bed';
import { hasGo, preparePrograms } from './bed/programs';
import { VERSIONS } from './bed/versions';
import { type Row, formatRow, summary } from './report/report';
import { runDemo } from './scenarios/runDemo';

const PARTS: Record<string, (bed: Bed) => Promise<Row[]>> = {
  actions: bed => runActionTable(bed, ourPlan),
  demo: bed => runDemo(bed, console.log),
};

/** `yarn conformance [actions] [demo]`: all parts, or those named. */
async function main(names: string[]) {
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
  const programs = preparePrograms(cache, console.log);
  const begun = performance.now();
  const bed = await startBed(programs, join(cache, 'logs'));
  console.log(
    `Kubernetes ${VERSIONS.kubernetes} is ready after ${((performance.now() - begun) / 1000).toFixed(1)} s`,
  );
  const rows: Row[] = [];
  try {
    for (const [name, run] of Object.entries(PARTS)) {
      if (names.length > 0 && !names.includes(name)) continue;
      const found = await run(bed);
      rows.push(...found);
      console.log(`\n${found.map(formatRow).join('\n')}\n`);
    }
  } finally {
    await bed.stop();
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
