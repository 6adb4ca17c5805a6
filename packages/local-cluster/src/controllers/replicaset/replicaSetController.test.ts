import {
  LivingCluster,
  podTemplate,
  replicaSet,
  startLivingCluster,
} from '../../testing/livingCluster';
import { PODS, REPLICA_SETS } from '../objects/resources';

describe('the ReplicaSet controller', () => {
  let cluster: LivingCluster;
  beforeEach(() => {
    cluster = startLivingCluster();
  });
  afterEach(() => cluster.stop());
  const status = () =>
    cluster.api.get(REPLICA_SETS, 'default', 'colors').status;
  const scale = (replicas: number) =>
    cluster.api.patch(
      REPLICA_SETS,
      'default',
      'colors',
      { spec: { replicas } },
      { type: 'merge' },
    );

  it('creates the pods that are wanted, and counts those that are ready', async () => {
    cluster.create(REPLICA_SETS, replicaSet(3));

    await cluster.clock.advance(500);
    expect(status()).toEqual({
      replicas: 3,
      fullyLabeledReplicas: 3,
      observedGeneration: 1,
    });
    await cluster.clock.advance(600);
    expect(status()).toMatchObject({ readyReplicas: 3, availableReplicas: 3 });
  });

  it('counts a pod as available only after minReadySeconds', async () => {
    cluster.create(REPLICA_SETS, replicaSet(1, { minReadySeconds: 10 }));

    await cluster.clock.advance(10_500);
    expect(status().readyReplicas).toBe(1);
    expect(status().availableReplicas).toBeUndefined();
    await cluster.clock.advance(1000);
    expect(status().availableReplicas).toBe(1);
  });

  it('replaces a pod that was deleted', async () => {
    cluster.create(REPLICA_SETS, replicaSet(1));
    await cluster.clock.advance(2000);
    const [first] = cluster.pods();

    cluster.api.delete(PODS, 'default', first!.metadata.name);
    await cluster.clock.advance(5000);

    expect(cluster.readyPods()).toHaveLength(1);
    expect(cluster.pods()[0]!.metadata.uid).not.toBe(first!.metadata.uid);
  });

  it('scales down by pods that are not ready first, then the newest', async () => {
    cluster.create(REPLICA_SETS, replicaSet(2));
    await cluster.clock.advance(5000);
    const oldest = cluster.pods().map(pod => pod.metadata.name);
    scale(3);
    await cluster.clock.advance(5000);
    scale(4);
    await cluster.clock.advance(100);

    scale(3);
    await cluster.clock.advance(2000);
    expect(cluster.readyPods()).toHaveLength(3);
    scale(2);
    await cluster.clock.advance(2000);
    expect(cluster.pods().map(pod => pod.metadata.name)).toEqual(oldest);
  });

  it('adopts a matching orphan and lets go a pod whose labels change', async () => {
    cluster.create(PODS, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'orphan', labels: { app: 'colors' } },
      spec: podTemplate().spec,
    });
    cluster.create(REPLICA_SETS, replicaSet(1));
    await cluster.clock.advance(2000);
    expect(cluster.pods().map(pod => pod.metadata.name)).toEqual(['orphan']);

    const label = { metadata: { labels: { app: 'other' } } };
    cluster.api.patch(PODS, 'default', 'orphan', label, { type: 'merge' });
    await cluster.clock.advance(2000);

    const orphan = cluster.api.get(PODS, 'default', 'orphan');
    expect(orphan.metadata.ownerReferences).toBeUndefined();
    expect(cluster.pods()).toHaveLength(2);
  });

  it('adopts no pod that another controller has, nor one that is leaving', async () => {
    const bare = (name: string, metadata: object) =>
      cluster.create(PODS, {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, labels: { app: 'colors' }, ...metadata },
        spec: podTemplate().spec,
      });
    const { metadata } = cluster.create(
      { group: '', resource: 'configmaps' },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'other' } },
    );
    const other = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: 'other',
      uid: metadata.uid,
      controller: true,
    };
    bare('taken', { ownerReferences: [other] });
    bare('leaving', { finalizers: ['example.com/hold'] });
    cluster.api.delete(PODS, 'default', 'leaving');
    cluster.create(REPLICA_SETS, replicaSet(1));
    await cluster.clock.advance(2000);

    const ownersOf = (name: string) =>
      cluster.api
        .get(PODS, 'default', name)
        .metadata.ownerReferences?.map(owner => owner.kind);
    expect(ownersOf('taken')).toEqual(['ConfigMap']);
    expect(ownersOf('leaving')).toBeUndefined();
    expect(status().replicas).toBe(1);
  });

  it('adopts nothing more when it is being deleted itself', async () => {
    const { metadata, ...rest } = replicaSet(1);
    cluster.create(REPLICA_SETS, {
      ...rest,
      metadata: { ...metadata, finalizers: ['example.com/hold'] },
    });
    await cluster.clock.advance(2000);
    cluster.api.delete(REPLICA_SETS, 'default', 'colors');
    cluster.create(PODS, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'orphan', labels: { app: 'colors' } },
      spec: podTemplate().spec,
    });
    await cluster.clock.advance(2000);

    expect(
      cluster.api.get(PODS, 'default', 'orphan').metadata.ownerReferences,
    ).toBeUndefined();
  });
});
