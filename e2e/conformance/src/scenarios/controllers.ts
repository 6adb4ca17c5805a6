import { RESOURCES } from '@progressive-delivery/kube';
import type { Bed } from '../bed/bed';
import { freePorts } from '../bed/freePort';

/** Starts Argo Rollouts for objects labelled with the instance id. */
export async function startReference(
  bed: Bed,
  instanceId: string,
): Promise<{ stop(): Promise<void> }> {
  await bed.client.create(RESOURCES.namespaces, {
    metadata: { name: 'argo-rollouts' },
  });
  const [metricsPort, healthPort] = await freePorts(2);
  const child = bed.processes.start(
    'rollouts-controller',
    bed.programs.rolloutsController,
    [
      `--kubeconfig=${bed.kubeConfigFile}`,
      '-n=argo-rollouts',
      `--instance-id=${instanceId}`,
      '--leader-elect=false',
      `--metricsPort=${metricsPort}`,
      `--healthzPort=${healthPort}`,
    ],
  );
  return { stop: () => bed.processes.end(child) };
}
