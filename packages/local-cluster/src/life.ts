import { Clock } from './api/clock';
import { PODS } from './controllers/objects/resources';
import { Log } from './controllers/queue/log';
import { startControllers } from './controllers/startControllers';
import { startDataPlane } from './dataplane/startDataPlane';
import { clusterPodActions } from './kubelet/clusterPodActions';
import { type KubeletOptions, startKubelet } from './kubelet/kubelet';
import { PodLogs } from './kubelet/podLogs';
import { ClusterStore } from './operations/createClusterStore';
import { createRequestLog } from './kubelet/requestLog';
import { startNode } from './kubelet/startNode';

export type { Log } from './controllers/queue/log';

/** What gives the objects of the cluster their life works on this. */
export interface LifeOptions {
  api: ClusterStore;
  clock: Clock;
  log: Log;
  /** Of the API server, PEM. */
  caCertificate: string;
  /** Whether controllers and the kubelet run. */
  life: boolean;
  /** How quickly pods start and end. */
  pods?: Pick<KubeletOptions, 'startDelayMs' | 'shutdownMs'>;
  /** Whether pods serve HTTP behind a gateway. */
  dataPlane: boolean | { gatewayPort?: number; load?: number | false };
}

export interface Life {
  gatewayUrl?: string;
  prometheusUrl?: string;
  /** What pods said, for the log subresource. */
  logs: PodLogs;
  stop(): Promise<void>;
}

/** Starts controllers, kubelet and data plane. */
export async function startLife(options: LifeOptions): Promise<Life> {
  const { api, clock, log } = options;
  const logs = new PodLogs(clock);
  const stops = options.life ? startCluster(options, logs) : [];
  const dataPlane = options.dataPlane
    ? await startDataPlane({
        source: api,
        clock,
        log,
        ...(typeof options.dataPlane === 'object' && options.dataPlane),
        onServed: createRequestLog(logs, clock),
      })
    : undefined;
  return {
    gatewayUrl: dataPlane?.gatewayUrl,
    prometheusUrl: dataPlane?.prometheusUrl,
    logs,
    async stop() {
      for (const stop of stops) stop();
      await dataPlane?.stop();
    },
  };
}

function startCluster(
  { api, clock, log, caCertificate, pods }: LifeOptions,
  logs: PodLogs,
): (() => void)[] {
  return [
    startNode({ api, clock, log }),
    startControllers({
      api,
      kinds: api.context.kinds,
      clock,
      log,
      caCertificate,
    }),
    startKubelet({
      source: {
        list: () => api.list(PODS),
        watch: onEvent => api.watch(PODS, onEvent),
      },
      actions: clusterPodActions(api),
      clock,
      log,
      random: Math.random,
      logs,
      ...pods,
    }),
  ];
}
