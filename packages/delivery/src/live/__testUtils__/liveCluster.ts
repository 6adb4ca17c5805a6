import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  startLocalCluster,
  type GroupResource,
  type LocalCluster,
  type LocalClusterOptions,
  type StoredObject,
} from '@progressive-delivery/local-cluster';
import { KubeClient } from '@progressive-delivery/kube';

/** A local cluster for one test, with what tests need to look into it. */
export interface LiveCluster {
  cluster: LocalCluster;
  client: KubeClient;
  /** Resolves with the object as soon as it is as wanted; rejects after a while. */
  until(
    resource: GroupResource,
    namespace: string,
    name: string,
    wanted: (object: StoredObject) => boolean,
  ): Promise<StoredObject>;
  stop(): Promise<void>;
}

const PATIENCE = 40_000;

export async function startLiveCluster(
  options: LocalClusterOptions = {},
): Promise<LiveCluster> {
  const directory = await mkdtemp(join(tmpdir(), 'delivery-'));
  const cluster = await startLocalCluster({ directory, ...options });
  const client = KubeClient.fromFile(cluster.kubeconfigFile);
  return {
    cluster,
    client,
    until(resource, namespace, name, wanted) {
      return new Promise((resolve, reject) => {
        let last = cluster.api.find(resource, namespace, name);
        let stop = () => {};
        const timer = setTimeout(() => {
          stop();
          reject(
            new Error(
              `${resource.resource} ${name} did not become as wanted: ${JSON.stringify(last?.status ?? last, undefined, 1)}`,
            ),
          );
        }, PATIENCE);
        const look = () => {
          last = cluster.api.find(resource, namespace, name);
          if (!last || !wanted(last)) return;
          clearTimeout(timer);
          stop();
          resolve(last);
        };
        stop = cluster.api.watch(resource, look);
        look();
      });
    },
    async stop() {
      client.close();
      await cluster.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export const ROLLOUTS = { group: 'argoproj.io', resource: 'rollouts' };
export const ANALYSIS_RUNS = { group: 'argoproj.io', resource: 'analysisruns' };
export const EVENTS = { group: '', resource: 'events' };
export const JOBS = { group: 'batch', resource: 'jobs' };
