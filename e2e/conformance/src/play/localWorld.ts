import { RESOURCES } from '@progressive-delivery/kube';
import { ClusterObjects } from '../bed/clusterObjects';
import type { LocalBed } from '../bed/localBed';
import { MetricSource } from '../bed/metricSource';
import type { Programs } from '../bed/programs';
import { OBSERVED_KINDS } from '../observe/observer';
import { startOurs, startReference } from './controllers';
import type { World } from './playScenario';

/** The local cluster, with ours or the reference in charge. */
export async function startLocalWorld(
  bed: LocalBed,
  who: 'ours' | 'reference',
  programs: Programs,
): Promise<World & { stop(): Promise<void> }> {
  const { client, processes, kubeConfigFile } = bed;
  const metrics = new MetricSource();
  await metrics.start();
  const objects = await ClusterObjects.start(client, OBSERVED_KINDS);
  const place = { kubeConfigFile, processes, metricsOrigin: metrics.origin };
  const namespace = { metadata: { name: 'argo-rollouts' } };
  if (who === 'reference') await client.create(RESOURCES.namespaces, namespace);
  const world: World = {
    name: 'local',
    client,
    objects,
    metrics,
    instanceId: who,
    ownControllers: who === 'reference',
    startController: (id, only) =>
      who === 'ours'
        ? startOurs(place, id)
        : startReference(programs, place, id, only),
    checkAlive: () => processes.checkAlive(),
  };
  if (who === 'ours') await world.startController(who);
  return {
    ...world,
    async stop() {
      await objects.stop();
      await metrics.stop();
    },
  };
}
