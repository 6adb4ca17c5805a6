import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeClient } from '@progressive-delivery/kube';
import type { ControlPlane } from './controlPlane';
import { installCustomResources } from './customResources';
import { ProcessGroup } from './processGroup';
import { until } from './until';

const ROOT = join(__dirname, '../../../..');

export interface LocalBed extends ControlPlane {
  processes: ProcessGroup;
  stop(): Promise<void>;
}

/**
 * The local cluster in a process of its own, with the same custom resources
 * as the real bed, or with its own.
 * @param crds - folder of the reference's CRDs; without it those that the local
 *   cluster has by itself
 * @param keepLogs - folder for the programs' output
 */
export async function startLocalBed(
  crds: string | undefined,
  keepLogs: string,
): Promise<LocalBed> {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-local-'));
  rmSync(keepLogs, { recursive: true, force: true });
  mkdirSync(keepLogs, { recursive: true });
  const cleanUp = () => rmSync(folder, { recursive: true, force: true });
  const processes = new ProcessGroup(keepLogs, cleanUp);
  const kubeConfigFile = join(folder, 'kubeconfig');
  processes.start('local-cluster', process.execPath, [
    '--import',
    join(ROOT, 'scripts/typescript.mjs'),
    join(__dirname, 'localClusterProcess.ts'),
    kubeConfigFile,
  ]);
  const stop = async () => {
    await processes.endAll();
    cleanUp();
  };
  try {
    const client = await until(
      'the local cluster to be ready',
      async () => {
        processes.checkAlive();
        const ready = KubeClient.fromFile(kubeConfigFile, undefined, {
          userAgent: 'conformance',
        });
        await ready.version();
        return ready;
      },
      { seconds: 60 },
    );
    if (crds) await installCustomResources(client, crds);
    return {
      kubeConfigFile,
      client,
      processes,
      async stop() {
        client.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
