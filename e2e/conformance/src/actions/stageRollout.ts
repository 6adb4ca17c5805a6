import type { OwnerReference } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  type AnyObject,
  type KubeClient,
  RESOURCES,
} from '@progressive-delivery/kube';
import type { Json } from './deepMerge';
import { STATES, type StateName, templateOf } from './rolloutStates';

/** Everything that an action on the rollout may touch. */
export interface Stage {
  rollout: AnyObject;
  workload?: AnyObject;
  analysisRun: AnyObject;
  replicaSets: AnyObject[];
}

/**
 * Puts a rollout in a state into a namespace of its own, with an analysis run
 * and the ReplicaSets of two earlier revisions. No controller may be acting.
 */
export async function stageRollout(
  client: KubeClient,
  namespace: string,
  name: StateName,
): Promise<Stage> {
  await client.create(RESOURCES.namespaces, { metadata: { name: namespace } });
  const state: { spec: Json; status: Json; workload?: boolean } = STATES[name];
  if (state.workload) {
    await client.create(RESOURCES.deployments, {
      metadata: { name: 'colors', namespace },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'colors' } },
        template: templateOf('demo/colors:green'),
      },
    });
  }
  const rollout = await client.create(RESOURCES.rollouts, {
    metadata: { name: 'colors', namespace },
    spec: state.spec,
  });
  const owner = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    name: 'colors',
    uid: rollout.metadata.uid ?? '',
    controller: true,
  };
  await client.create(RESOURCES.analysisRuns, {
    metadata: { name: 'run', namespace, ownerReferences: [owner] },
    spec: { metrics: [] },
  });
  for (const [index, colour] of ['red', 'blue', 'green'].entries()) {
    await createRevision(client, namespace, owner, index + 1, colour);
  }
  await client.patch(
    RESOURCES.rollouts,
    { name: 'colors', namespace },
    {
      metadata: {
        annotations: { 'rollout.argoproj.io/revision': '3' },
      },
    },
    { type: 'merge' },
  );
  await client.patch(
    RESOURCES.rollouts,
    { name: 'colors', namespace },
    { status: state.status },
    { type: 'merge', subresource: 'status' },
  );
  return readStage(client, namespace);
}

export async function readStage(
  client: KubeClient,
  namespace: string,
): Promise<Stage> {
  const colors = { namespace, name: 'colors' };
  const deployments = await client.list(RESOURCES.deployments, { namespace });
  const replicaSets = await client.list(RESOURCES.replicaSets, {
    namespace,
    labelSelector: 'rollouts-pod-template-hash',
  });
  return {
    rollout: await client.get(RESOURCES.rollouts, colors),
    analysisRun: await client.get(RESOURCES.analysisRuns, {
      namespace,
      name: 'run',
    }),
    workload: deployments.items[0],
    replicaSets: replicaSets.items,
  };
}

async function createRevision(
  client: KubeClient,
  namespace: string,
  owner: OwnerReference,
  revision: number,
  colour: string,
) {
  const hash = `hash${revision}`;
  const template = templateOf(`demo/colors:${colour}`);
  const labels = { app: 'colors', 'rollouts-pod-template-hash': hash };
  await client.create(RESOURCES.replicaSets, {
    metadata: {
      name: `colors-${hash}`,
      namespace,
      labels,
      annotations: { 'rollout.argoproj.io/revision': `${revision}` },
      ownerReferences: [owner],
    },
    spec: {
      replicas: 0,
      selector: { matchLabels: labels },
      template: { ...template, metadata: { labels } },
    },
  });
}
