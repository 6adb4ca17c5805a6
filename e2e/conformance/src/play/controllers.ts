import { join } from 'node:path';
import type { ProcessGroup } from '../bed/processGroup';
import type { Programs } from '../bed/programs';
import { freePorts } from '../bed/freePort';
import { until } from '../bed/until';

const ROOT = join(__dirname, '../../../..');

export interface RunningController {
  /** As `kill -9`. */
  kill(): Promise<void>;
}

/** Which cluster, and where its metrics are. */
export interface ControllerPlace {
  kubeConfigFile: string;
  processes: ProcessGroup;
  metricsOrigin: string;
}

/**
 * Argo Rollouts, in charge of the objects of one instance id, with no lease.
 * @param namespace - the only one that it looks at; all when left out
 */
export async function startReference(
  programs: Programs,
  { kubeConfigFile, processes }: ControllerPlace,
  instanceId: string,
  namespace?: string,
): Promise<RunningController> {
  const [metricsPort, healthPort] = await freePorts(2);
  const child = processes.start(
    `reference-${instanceId}`,
    programs.rolloutsController,
    [
      `--kubeconfig=${kubeConfigFile}`,
      ...(namespace
        ? ['--namespaced', `-n=${namespace}`]
        : ['-n=argo-rollouts']),
      `--instance-id=${instanceId}`,
      '--leader-elect=false',
      // Many scenarios share it: its own limit is not what is compared.
      '--qps=300',
      '--burst=600',
      `--metricsPort=${metricsPort}`,
      `--healthzPort=${healthPort}`,
    ],
  );
  await answers(`http://127.0.0.1:${healthPort}/healthz`);
  return { kill: () => processes.kill(child) };
}

/** Ours, as `yarn delivery-controller` runs it. */
export async function startOurs(
  { kubeConfigFile, processes, metricsOrigin }: ControllerPlace,
  instanceId: string,
): Promise<RunningController> {
  const [metricsPort] = await freePorts(1);
  const child = processes.start(`ours-${instanceId}`, process.execPath, [
    '--import',
    join(ROOT, 'scripts/typescript.mjs'),
    join(ROOT, 'packages/delivery/src/cli/deliveryController.ts'),
    `--kubeconfig=${kubeConfigFile}`,
    `--instance-id=${instanceId}`,
    '--no-leader-elect',
    `--metrics-port=${metricsPort}`,
    `--allow-origin=${metricsOrigin}`,
    '--only-allowed',
  ]);
  await answers(`http://127.0.0.1:${metricsPort}/healthz`);
  return { kill: () => processes.kill(child) };
}

async function answers(url: string) {
  await until(
    `${url} to answer`,
    async () => (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok,
    { seconds: 60 },
  );
}
