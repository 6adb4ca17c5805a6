import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bed } from '../bed/bed';
import { until } from '../bed/until';

/** Longer than the portal takes to end its own processes by force. */
const PATIENCE_MILLISECONDS = 12_000;

/** `bin/start --kubeconfig` on the bed, as a person starts it. */
export async function startRealPortal(bed: Bed, root: string) {
  const state = join(bed.folder, 'portal');
  const child = bed.processes.start('portal', join(root, 'bin/start'), [
    '--kubeconfig',
    bed.kubeConfigFile,
    '--state',
    state,
    '--port',
    '0',
  ]);
  const read = () =>
    JSON.parse(readFileSync(join(state, 'portal.json'), 'utf8')) as {
      address: string;
      cluster: string;
    };
  const stop = () => bed.processes.end(child, PATIENCE_MILLISECONDS);
  try {
    const portal = await until(
      'the portal',
      () => {
        bed.processes.checkAlive();
        return read();
      },
      // The first start on a machine builds the frontend.
      { seconds: 300, everyMilliseconds: 500 },
    );
    return { ...portal, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
