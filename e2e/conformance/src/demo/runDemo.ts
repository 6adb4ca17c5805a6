import type { Bed } from '../bed/bed';
import { startPodLife } from '../bed/podLife';
import type { Row } from '../report/report';
import { compareAspects } from '../compare/compareAspects';
import { startOurs, startReference } from './demoControllers';
import { runDemoScenario } from './demoScenario';
import { DEMO_DIFFERENCES } from './demoDifferences';

const INSTANCE_ID = 'conformance';

/**
 * The demo twice at the same time, on namespaces of their own: the reference
 * in charge of one, ours of the other.
 */
export async function runDemo(
  bed: Bed,
  say: (line: string) => void,
): Promise<Row[]> {
  const life = await startPodLife(bed.client, say);
  try {
    const [reference, ours] = await Promise.allSettled([
      runDemoScenario(bed, 'demo-reference', {
        instanceId: INSTANCE_ID,
        startController: () => startReference(bed, INSTANCE_ID),
        say,
      }),
      runDemoScenario(bed, 'demo-ours', {
        startController: prometheusUrl =>
          startOurs(bed, 'demo-ours', prometheusUrl, say),
        say,
      }),
    ]);
    const failures = [reference, ours].flatMap(result =>
      result.status === 'rejected' ? [String(result.reason)] : [],
    );
    if (reference.status === 'rejected' || ours.status === 'rejected') {
      return [{ scenario: 'demo', outcome: 'different', details: failures }];
    }
    return compareAspects(
      'demo',
      reference.value,
      ours.value,
      DEMO_DIFFERENCES,
    );
  } finally {
    await life.stop();
  }
}
