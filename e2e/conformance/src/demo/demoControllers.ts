import { startDeliveryController } from '@progressive-delivery/delivery';
import { RESOURCES } from '@progressive-delivery/kube';
import type { Bed } from '../bed/bed';
import { freePorts } from '../bed/freePort';

export interface RunningController {
  stop(): Promise<void>;
}

/**
 * Starts Argo Rollouts: with an instance id for objects labelled with it and
 * without a lease, else as its own manifests start it.
 */
export async function startReference(
  bed: Bed,
  instanceId?: string,
): Promise<RunningController> {
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
      ...(instanceId
        ? [`--instance-id=${instanceId}`, '--leader-elect=false']
        : []),
      `--metricsPort=${metricsPort}`,
      `--healthzPort=${healthPort}`,
    ],
  );
  return { stop: () => bed.processes.end(child) };
}

/** Starts ours for one namespace; metrics are read from one origin only. */
export function startOurs(
  bed: Bed,
  namespace: string,
  prometheusUrl: string,
  say: (line: string) => void,
): Promise<RunningController> {
  return startDeliveryController({
    client: bed.client,
    namespace,
    leaderElection: false,
    standAside: false,
    egress: { allowedOrigins: [new URL(prometheusUrl).origin] },
    logger: {
      debug: () => {},
      info: () => {},
      warn: message => say(`our controller: ${message}`),
      error: message => say(`our controller: ${message}`),
    },
  });
}
