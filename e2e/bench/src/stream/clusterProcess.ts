/** A local cluster with one rollout, in a process of its own; tells its calls. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeClient, RESOURCES } from '@progressive-delivery/kube';
import { startLocalCluster } from '@progressive-delivery/local-cluster';
import { answer, onQuestion } from '../child';
import { rollout } from '../coldIndex/fleet';

async function main() {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  process.once('exit', () => rmSync(directory, { recursive: true }));
  process.once('SIGTERM', () => process.exit(0));
  const cluster = await startLocalCluster({ directory, life: false });
  const client = KubeClient.fromFile(cluster.kubeconfigFile);
  await client.create(RESOURCES.namespaces, { metadata: { name: 'demo' } });
  const { spec, status } = rollout(0);
  await client.create(RESOURCES.rollouts, {
    metadata: {
      name: 'colors',
      namespace: 'demo',
      labels: { 'backstage.io/kubernetes-id': 'colors' },
    },
    spec,
  });
  await client.patch(
    RESOURCES.rollouts,
    { namespace: 'demo', name: 'colors' },
    { status },
    { type: 'merge', subresource: 'status' },
  );
  const calls: string[] = [];
  cluster.controls.setFaults(({ verb, resource }) => {
    // These go on with nobody looking: watches begun again, leases watched.
    const own = verb === 'watch' || resource === 'leases';
    if (!own) calls.push(`${verb} ${resource}`);
    return undefined;
  });
  onQuestion(() => answer({ calls: calls.splice(0) }));
  answer({ kubeconfigFile: cluster.kubeconfigFile });
}

void main();
