import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AppsV1Api,
  CoreV1Api,
  CustomObjectsApi,
  KubeConfig,
  makeInformer,
  PatchStrategy,
  setHeaderOptions,
  V1Pod,
} from '@kubernetes/client-node';
import { LocalCluster, startLocalCluster } from '../startLocalCluster';

describe('the official JavaScript client', () => {
  let directory: string;
  let cluster: LocalCluster;
  let config: KubeConfig;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'local-cluster-'));
    cluster = await startLocalCluster({ directory, life: false });
    config = new KubeConfig();
    config.loadFromFile(cluster.kubeconfigFile);
  });

  afterEach(async () => {
    await cluster.stop();
    await rm(directory, { recursive: true });
  });

  it('creates, patches, scales and deletes', async () => {
    const apps = config.makeApiClient(AppsV1Api);
    const name = 'web';
    const namespace = 'default';
    const template = {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [{ name: 'c', image: 'demo/colors:blue' }] },
    };
    await apps.createNamespacedDeployment({
      namespace,
      body: {
        metadata: { name },
        spec: { selector: { matchLabels: { app: 'web' } }, template },
      },
    });

    const patched = await apps.patchNamespacedDeployment(
      { name, namespace, body: { spec: { paused: true } } },
      setHeaderOptions('Content-Type', PatchStrategy.StrategicMergePatch),
    );
    const scale = await apps.readNamespacedDeploymentScale({ name, namespace });
    await apps.deleteNamespacedDeployment({ name, namespace });

    expect(patched.metadata?.generation).toBe(2);
    expect(scale.spec?.replicas).toBe(1);
    await expect(
      apps.readNamespacedDeployment({ name, namespace }),
    ).rejects.toMatchObject({ code: 404 });
  });

  it('reads custom resources', async () => {
    const objects = config.makeApiClient(CustomObjectsApi);
    const where = {
      group: 'argoproj.io',
      version: 'v1alpha1',
      namespace: 'default',
      plural: 'rollouts',
    };
    await objects.createNamespacedCustomObject({
      ...where,
      body: {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'Rollout',
        metadata: { name: 'colors' },
        spec: { replicas: 2 },
      },
    });

    const list = await objects.listNamespacedCustomObject(where);

    expect(list.items).toHaveLength(1);
  });

  it('follows pods with its informer, over a break of the connection', async () => {
    const core = config.makeApiClient(CoreV1Api);
    const namespace = 'default';
    const informer = makeInformer<V1Pod>(
      config,
      `/api/v1/namespaces/${namespace}/pods`,
      () => core.listNamespacedPod({ namespace }),
    );
    const added = (name: string) =>
      new Promise<void>(resolve => {
        informer.on('add', pod => {
          if (pod.metadata?.name === name) resolve();
        });
      });
    informer.on('error', () => void informer.start());
    const create = (name: string) =>
      core.createNamespacedPod({
        namespace,
        body: {
          metadata: { name },
          spec: { containers: [{ name: 'c', image: 'i' }] },
        },
      });

    const first = added('a');
    await informer.start();
    await create('a');
    await first;
    const second = added('b');
    cluster.controls.cutWatches();
    await create('b');
    await second;
    await informer.stop();

    expect(informer.list()).toHaveLength(2);
  });
});
