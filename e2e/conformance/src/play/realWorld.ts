import { RESOURCES } from '@progressive-delivery/kube';
import type { Bed } from '../bed/bed';
import { ClusterObjects } from '../bed/clusterObjects';
import { MetricSource } from '../bed/metricSource';
import { startPodLife } from '../bed/podLife';
import { OBSERVED_KINDS } from '../observe/observer';
import { startOurs, startReference } from './controllers';
import type { World } from './playScenario';
import { POD_SPEED } from './podSpeed';

export interface Worlds {
  reference: World;
  ours: World;
  stop(): Promise<void>;
}

/**
 * One real control plane, and two that may be in charge on it, each of its own
 * objects. `start` says whether ours runs; the reference is started by each
 * scenario.
 */
export async function startRealWorlds(
  bed: Bed,
  start: { ours: boolean },
  say: (line: string) => void,
): Promise<Worlds> {
  const { client, processes, programs, kubeConfigFile } = bed;
  const life = await startPodLife(client, say, POD_SPEED);
  const metrics = new MetricSource();
  await metrics.start();
  const objects = await ClusterObjects.start(client, OBSERVED_KINDS);
  await client.create(RESOURCES.namespaces, {
    metadata: { name: 'argo-rollouts' },
  });
  const place = { kubeConfigFile, processes, metricsOrigin: metrics.origin };
  const shared = {
    client,
    objects,
    metrics,
    checkAlive: () => processes.checkAlive(),
  };
  const worlds: Worlds = {
    reference: {
      ...shared,
      name: 'reference',
      instanceId: 'reference',
      // One that others share makes them wait: what is deleted while it is
      // written comes back in its cache, and it flaps without end.
      ownControllers: true,
      startController: (id, namespace) =>
        startReference(programs, place, id, namespace),
    },
    ours: {
      ...shared,
      name: 'ours',
      instanceId: 'ours',
      startController: id => startOurs(place, id),
    },
    async stop() {
      await life.stop();
      await objects.stop();
      await metrics.stop();
    },
  };
  if (start.ours) await worlds.ours.startController('ours');
  return worlds;
}
