import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  startLocalCluster,
  type LocalCluster,
} from '@progressive-delivery/local-cluster';

export interface TestCluster extends LocalCluster {
  createRollout(rollout: Rollout): void;
  rollout(name: string): Rollout;
  removeRollouts(): void;
}

const ROLLOUTS = { group: 'argoproj.io', resource: 'rollouts' };

/** A Kubernetes API with the namespaces `demo` and `other`, without controllers unless asked for. */
export async function startTestCluster(
  options: { life?: boolean } = {},
): Promise<TestCluster> {
  const directory = await mkdtemp(join(tmpdir(), 'rollouts-backend-'));
  const cluster = await startLocalCluster({
    directory,
    life: options.life ?? false,
  });
  for (const name of ['demo', 'other']) {
    if (
      !cluster.api.find({ group: '', resource: 'namespaces' }, undefined, name)
    ) {
      cluster.api.create(
        { group: '', resource: 'namespaces' },
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
      );
    }
  }
  return {
    ...cluster,
    // Spreading would read the getter once.
    controls: cluster.controls,
    createRollout(rollout) {
      const { status, ...rest } = rollout;
      const created = cluster.api.create(ROLLOUTS, {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Rollout',
        ...rest,
      });
      if (status) {
        cluster.api.patch(
          ROLLOUTS,
          created.metadata.namespace,
          created.metadata.name,
          { status },
          { type: 'merge', subresource: 'status' },
        );
      }
    },
    rollout: name =>
      cluster.api.get(ROLLOUTS, 'demo', name) as unknown as Rollout,
    removeRollouts() {
      for (const { metadata } of cluster.api.list(ROLLOUTS)) {
        cluster.api.delete(ROLLOUTS, metadata.namespace, metadata.name);
      }
    },
    async stop() {
      await cluster.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
