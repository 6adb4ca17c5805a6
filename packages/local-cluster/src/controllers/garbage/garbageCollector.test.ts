import { DeleteOptions, NewObject, StoredObject } from '../../api/clusterApi';
import {
  LivingCluster,
  podTemplate,
  replicaSet,
  startLivingCluster,
} from '../../testing/livingCluster';
import {
  DEPLOYMENTS,
  DISRUPTION_BUDGETS,
  NAMESPACES,
  PODS,
  REPLICA_SETS,
} from '../objects/resources';
import { garbageCollector } from './garbageCollector';

const deployment: NewObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'colors' },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'colors' } },
    template: podTemplate(),
  },
};

describe('what belongs to something that is deleted', () => {
  let cluster: LivingCluster;
  beforeEach(async () => {
    cluster = startLivingCluster();
    cluster.create(DEPLOYMENTS, deployment);
    await cluster.clock.advance(3000);
  });
  afterEach(() => cluster.stop());
  const remove = (propagationPolicy: 'Background' | 'Foreground' | 'Orphan') =>
    cluster.api.delete(DEPLOYMENTS, 'default', 'colors', { propagationPolicy });
  const present = () => ({
    deployments: cluster.api.list(DEPLOYMENTS).length,
    replicaSets: cluster.api.list(REPLICA_SETS).length,
    pods: cluster.pods().length,
  });

  it('follows in the background', async () => {
    remove('Background');
    expect(present()).toMatchObject({ deployments: 0, replicaSets: 1 });

    await cluster.clock.advance(2000);

    expect(present()).toEqual({ deployments: 0, replicaSets: 0, pods: 0 });
  });

  it('goes first in the foreground', async () => {
    remove('Foreground');
    await cluster.clock.advance(200);
    expect(present()).toEqual({ deployments: 1, replicaSets: 1, pods: 2 });

    await cluster.clock.advance(2000);

    expect(present()).toEqual({ deployments: 0, replicaSets: 0, pods: 0 });
  });

  it('stays, without an owner, when it is orphaned', async () => {
    remove('Orphan');
    await cluster.clock.advance(2000);

    expect(present()).toEqual({ deployments: 0, replicaSets: 1, pods: 2 });
    const [orphan] = cluster.api.list(REPLICA_SETS);
    expect(orphan!.metadata.ownerReferences).toBeUndefined();
  });

  it('goes too when the owner is only a namesake', async () => {
    cluster.create(PODS, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'impostor',
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: 'colors',
            uid: 'another',
          },
        ],
      },
      spec: podTemplate().spec,
    });
    await cluster.clock.advance(5000);

    expect(cluster.api.find(PODS, 'default', 'impostor')).toBeUndefined();
    expect(present()).toEqual({ deployments: 1, replicaSets: 1, pods: 2 });
  });

  describe('by owner references', () => {
    const maps = { group: '', resource: 'configmaps' };
    const held = { finalizers: ['example.com/hold'] };
    const map = (name: string, metadata: object = {}) =>
      cluster.create(maps, {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name, ...metadata },
      });
    const ownerOf = ({ metadata }: StoredObject, more: object = {}) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: metadata.name,
      uid: metadata.uid,
      ...more,
    });
    const find = (name: string) => cluster.api.find(maps, 'default', name);
    const removeMap = (
      name: string,
      propagationPolicy?: DeleteOptions['propagationPolicy'],
    ) => cluster.api.delete(maps, 'default', name, { propagationPolicy });

    it('stays with the owner that is left, and forgets the other', async () => {
      const owners = ['one', 'two'].map(name => ownerOf(map(name)));
      map('child', { ownerReferences: owners });
      removeMap('one');
      await cluster.clock.advance(1000);

      expect(find('child')?.metadata.ownerReferences).toEqual([owners[1]]);
      removeMap('two');
      await cluster.clock.advance(1000);
      expect(find('child')).toBeUndefined();
    });

    it('stays as long as nobody can tell whether its owner is there', async () => {
      const unserved = { apiVersion: 'example.com/v1', kind: 'Widget' };
      map('child', {
        ownerReferences: [{ ...unserved, name: 'owner', uid: 'some-uid' }],
      });
      await cluster.clock.advance(60_000);

      expect(find('child')).toBeDefined();
    });

    it.each([
      [true, 'waits for'],
      [false, 'does not wait for'],
    ])(
      'has an owner that, with blockOwnerDeletion %s, %s it in the foreground',
      async (blockOwnerDeletion, _) => {
        const owner = map('owner');
        map('child', {
          ...held,
          ownerReferences: [ownerOf(owner, { blockOwnerDeletion })],
        });
        removeMap('owner', 'Foreground');
        await cluster.clock.advance(1000);

        expect(find('child')?.metadata.deletionTimestamp).toBeDefined();
        expect(find('owner') !== undefined).toBe(blockOwnerDeletion);
      },
    );

    it('is waited for no longer when it is let go', async () => {
      const owner = map('owner');
      map('child', {
        ...held,
        ownerReferences: [ownerOf(owner, { blockOwnerDeletion: true })],
      });
      removeMap('owner', 'Foreground');
      await cluster.clock.advance(1000);
      cluster.api.patch(
        maps,
        'default',
        'child',
        { metadata: { ownerReferences: null } },
        { type: 'merge' },
      );
      await cluster.clock.advance(1000);

      expect(find('owner')).toBeUndefined();
      expect(find('child')).toBeDefined();
    });

    it('is not another object that has come to its name since', () => {
      const { api } = cluster;
      const collector = garbageCollector(
        { api, clock: cluster.clock, log: () => {} },
        api.context.kinds,
      );
      const orphan = map('child', {
        ownerReferences: [ownerOf(map('owner'))],
      });
      const stops = collector.observe(() => {});
      removeMap('owner');
      removeMap('child');
      map('child');

      // The collector has not heard of any of it yet.
      expect(() => collector.reconcile(orphan.metadata.uid)).toThrow(
        expect.objectContaining({ code: 409 }),
      );
      expect(find('child')).toBeDefined();
      stops.forEach(stop => stop());
    });
  });

  it('says what keeps its namespace', async () => {
    const maps = { group: '', resource: 'configmaps' };
    cluster.api.create(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'kept' },
    });
    cluster.api.create(maps, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'held',
        namespace: 'kept',
        finalizers: ['example.com/hold'],
      },
    });
    cluster.api.delete(NAMESPACES, undefined, 'kept');
    await cluster.clock.advance(1000);

    const { conditions } = cluster.api.get(
      NAMESPACES,
      undefined,
      'kept',
    ).status;
    expect(conditions).toContainEqual(
      expect.objectContaining({
        type: 'NamespaceFinalizersRemaining',
        status: 'True',
        message:
          'Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances',
      }),
    );
    cluster.api.patch(
      maps,
      'kept',
      'held',
      { metadata: { finalizers: null } },
      { type: 'merge' },
    );
    await cluster.clock.advance(1000);
    expect(cluster.api.find(NAMESPACES, undefined, 'kept')).toBeUndefined();
  });

  it('goes with its namespace, pods gracefully', async () => {
    cluster.api.create(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'demo' },
    });
    const one = replicaSet(1);
    cluster.api.create(REPLICA_SETS, {
      ...one,
      metadata: { name: 'colors', namespace: 'demo' },
    });
    await cluster.clock.advance(3000);

    cluster.api.delete(NAMESPACES, undefined, 'demo');
    await cluster.clock.advance(100);
    expect(cluster.api.find(NAMESPACES, undefined, 'demo')).toBeDefined();
    await cluster.clock.advance(5000);

    expect(cluster.api.find(NAMESPACES, undefined, 'demo')).toBeUndefined();
    expect(cluster.api.list(PODS, { namespace: 'demo' })).toEqual([]);
    expect(present()).toEqual({ deployments: 1, replicaSets: 1, pods: 2 });
  });

  it('is counted by a disruption budget', async () => {
    cluster.create(DISRUPTION_BUDGETS, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'colors' },
      spec: { minAvailable: 1, selector: { matchLabels: { app: 'colors' } } },
    });
    await cluster.clock.advance(100);
    const status = () =>
      cluster.api.get(DISRUPTION_BUDGETS, 'default', 'colors').status;
    expect(status()).toMatchObject({
      expectedPods: 2,
      currentHealthy: 2,
      desiredHealthy: 1,
      disruptionsAllowed: 1,
    });

    cluster.api.delete(PODS, 'default', cluster.pods()[0]!.metadata.name);
    await cluster.clock.advance(100);

    expect(status()).toMatchObject({
      currentHealthy: 1,
      disruptionsAllowed: 0,
    });
  });
});
