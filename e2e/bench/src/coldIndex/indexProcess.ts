/**
 * A portal's mirror of one cluster, from nothing to a complete index, in a
 * process of its own. Started with the API server's port.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { KubeConfig } from '@kubernetes/client-node';
import { ClusterMirror } from '@progressive-delivery/backstage-plugin-rollouts-backend/src/mirror/ClusterMirror';
import { KubeClient, systemClock } from '@progressive-delivery/kube';
import { answer } from '../child';

async function main(port: number) {
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    { name: 'fleet', server: `http://127.0.0.1:${port}`, skipTLSVerify: true },
    { name: 'portal' },
  );
  const client = KubeClient.fromKubeConfig(kubeConfig);
  globalThis.gc?.();
  const rssBefore = process.memoryUsage().rss;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const begun = performance.now();
  const mirror = new ClusterMirror({
    client,
    clock: systemClock,
    onSubscriberError: error => {
      throw error;
    },
    onRolloutChange: () => {},
    onHealthChange: () => {},
  });
  mirror.start();
  const stores = Object.values(mirror.stores);
  await Promise.all(
    stores.map(async store => {
      if (!(await store.waitForSync(300_000))) throw new Error('not synced');
    }),
  );
  const milliseconds = performance.now() - begun;
  delay.disable();
  const peak = process.memoryUsage().rss;
  globalThis.gc?.();
  answer({
    milliseconds,
    longestBlock: delay.max / 1e6,
    objects: stores.reduce((sum, { size }) => sum + size, 0),
    peakRss: peak - rssBefore,
    rss: process.memoryUsage().rss - rssBefore,
  });
  await mirror.stop();
  client.close();
  process.disconnect();
}

void main(Number(process.argv[2]));
