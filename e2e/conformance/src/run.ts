import { join } from 'node:path';
import { runActionTable } from './actions/runActionTable';
import { startBed } from './bed/bed';
import { hasGo, preparePrograms } from './bed/programs';
import { formatRow, summary } from './report/report';

async function main() {
  if (!hasGo()) {
    console.log('Go is not installed: the conformance run is left out.');
    console.log('0 passed, 0 failed, 1 skipped');
    return;
  }
  const cache = join(__dirname, '../../../.cache/conformance');
  const programs = preparePrograms(cache, console.log);
  const begun = performance.now();
  const bed = await startBed(programs, join(cache, 'logs'));
  console.log(
    `ready after ${((performance.now() - begun) / 1000).toFixed(1)} s`,
    bed.kubeConfigFile,
  );
  try {
    const rows = await runActionTable(bed, () => ({ refused: 'not there' }));
    for (const row of rows) console.log(formatRow(row));
    console.log(summary(rows));
  } finally {
    await bed.stop();
  }
}

void main();
