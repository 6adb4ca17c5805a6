import { join } from 'node:path';
import { startBed } from './bed/bed';
import { startPodLife } from './bed/podLife';
import { hasGo, preparePrograms } from './bed/programs';
import { formatRow, summary } from './report/report';
import { compareAspects } from './scenarios/compareAspects';
import { startReference } from './scenarios/controllers';
import { runDemoScenario } from './scenarios/demoScenario';

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
    const life = await startPodLife(bed.client, console.log);
    await startReference(bed, 'x');
    const [a, b] = await Promise.all([
      runDemoScenario(bed, 'demo-a', { instanceId: 'x', say: console.log }),
      runDemoScenario(bed, 'demo-b', { instanceId: 'x', say: console.log }),
    ]);
    const rows = compareAspects('demo', a, b, []);
    for (const row of rows)
      console.log(formatRow(row), row.outcome === 'same' ? row.details[0] : '');
    console.log(summary(rows));
    await life.stop();
  } finally {
    await bed.stop();
  }
}

void main();
