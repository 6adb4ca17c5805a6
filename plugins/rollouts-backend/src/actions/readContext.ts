import type {
  AnalysisRun,
  KubeObject,
  ReplicaSet,
  Rollout,
  RolloutAction,
  RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  NotFoundError,
  RESOURCES,
  type KubeClient,
  type Resource,
} from '@progressive-delivery/kube';
import { ownerUid } from '../mirror/MirrorStores';
import type { ActionContext, Workload } from './ActionContext';

/**
 * Reads from the cluster, now, what an action is decided on: the mirror may be
 * a moment old, and holds no whole templates.
 */
export async function readContext(
  client: KubeClient,
  { namespace, name }: RolloutRef,
  action: RolloutAction,
  now: number,
): Promise<ActionContext> {
  const rollout = await client.get<Rollout>(RESOURCES.rollouts, {
    namespace,
    name,
  });
  const owned = <T extends KubeObject>(resource: Resource) =>
    listOwned<T>(client, resource, rollout);
  return {
    rollout,
    replicaSets:
      action === 'undo' ? await owned<ReplicaSet>(RESOURCES.replicaSets) : [],
    analysisRuns:
      action === 'terminate-analysis'
        ? await owned<AnalysisRun>(RESOURCES.analysisRuns)
        : [],
    workload:
      action === 'undo' || action === 'set-image'
        ? await readWorkload(client, rollout)
        : undefined,
    now,
  };
}

async function listOwned<T extends KubeObject>(
  client: KubeClient,
  resource: Resource,
  { metadata }: Rollout,
): Promise<T[]> {
  const { items } = await client.list<T>(resource, {
    namespace: metadata.namespace,
  });
  return items.filter(item => ownerUid(item) === metadata.uid);
}

async function readWorkload(
  client: KubeClient,
  { spec, metadata }: Rollout,
): Promise<Workload | undefined> {
  const { name, kind } = spec.workloadRef ?? {};
  if (!name || kind !== 'Deployment') {
    return undefined;
  }
  try {
    return await client.get<Workload>(RESOURCES.deployments, {
      namespace: metadata.namespace,
      name,
    });
  } catch (error) {
    if (error instanceof NotFoundError) {
      return undefined;
    }
    throw error;
  }
}
