import { NewObject, StoredObject } from '../../api/clusterApi';
import {
  LivingCluster,
  podTemplate,
  startLivingCluster,
} from '../../testing/livingCluster';
import { conditionOf } from '../objects/pod';
import { DEPLOYMENTS, REPLICA_SETS } from '../objects/resources';
import { byAge, REVISION } from './revisions';

const deployment = (more: Record<string, unknown> = {}): NewObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'colors' },
  spec: {
    replicas: 4,
    selector: { matchLabels: { app: 'colors' } },
    template: podTemplate(),
    ...more,
  },
});

describe('the Deployment controller', () => {
  let cluster: LivingCluster;
  beforeEach(() => {
    cluster = startLivingCluster();
  });
  afterEach(() => cluster.stop());

  const patch = (spec: Record<string, unknown>) =>
    cluster.api.patch(
      DEPLOYMENTS,
      'default',
      'colors',
      { spec },
      { type: 'merge' },
    );
  const deploy = (color: string) =>
    patch({ template: podTemplate(`demo/colors:${color}`) });
  const get = () => cluster.api.get(DEPLOYMENTS, 'default', 'colors');
  const replicaSets = () => byAge(cluster.api.list(REPLICA_SETS));
  const colorOf = (object: StoredObject) =>
    object.spec.template.spec.containers[0].image.split(':')[1];
  /** `blue 3/2` is three wanted and two available. */
  const sizes = () =>
    replicaSets().map(
      one =>
        `${colorOf(one)} ${one.spec.replicas}/${one.status.availableReplicas ?? 0}`,
    );
  async function started(more: Record<string, unknown> = {}): Promise<void> {
    cluster.create(DEPLOYMENTS, deployment(more));
    await cluster.clock.advance(2000);
  }

  it('creates a ReplicaSet with a hash and reports when it is available', async () => {
    await started();

    const [replicaSet] = replicaSets();
    const hash = replicaSet!.metadata.labels!['pod-template-hash'];
    expect(replicaSet!.metadata.name).toBe(`colors-${hash}`);
    expect(replicaSet!.spec.selector.matchLabels['pod-template-hash']).toBe(
      hash,
    );
    expect(cluster.readyPods()).toHaveLength(4);
    expect(get().status).toMatchObject({
      observedGeneration: 1,
      replicas: 4,
      updatedReplicas: 4,
      readyReplicas: 4,
      availableReplicas: 4,
    });
    expect(conditionOf(get(), 'Available')?.status).toBe('True');
    expect(conditionOf(get(), 'Progressing')?.reason).toBe(
      'NewReplicaSetAvailable',
    );
    expect(get().metadata.annotations?.[REVISION]).toBe('1');
  });

  it('rolls within maxSurge and maxUnavailable', async () => {
    await started({
      strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 1 } },
    });
    deploy('green');
    const log: string[] = [];
    for (let n = 0; n < 200; n++) {
      await cluster.clock.advance(50);
      const [blue, green] = replicaSets();
      const wanted = blue!.spec.replicas + (green?.spec.replicas ?? 0);
      expect(wanted).toBeLessThanOrEqual(5);
      expect(cluster.readyPods().length).toBeGreaterThanOrEqual(3);
      const line = sizes().join(' · ');
      if (log.at(-1) !== line) log.push(line);
    }
    expect(log[0]).toBe('blue 3/3 · green 2/0');
    expect(log.at(-1)).toBe('blue 0/0 · green 4/4');
    expect(get().metadata.annotations?.[REVISION]).toBe('2');
  });

  it('keeps the old pods when the new ones never become ready, and says so', async () => {
    await started({
      progressDeadlineSeconds: 60,
      strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
    deploy('unpullable');

    await cluster.clock.advance(120_000);

    expect(sizes()).toEqual(['blue 4/4', 'unpullable 1/0']);
    expect(conditionOf(get(), 'Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    });
    expect(conditionOf(get(), 'Available')?.status).toBe('True');
  });

  it('goes back to an earlier template by its ReplicaSet, as a new revision', async () => {
    await started();
    deploy('green');
    await cluster.clock.advance(10_000);

    deploy('blue');
    await cluster.clock.advance(10_000);

    expect(sizes()).toEqual(['blue 4/4', 'green 0/0']);
    expect(get().metadata.annotations?.[REVISION]).toBe('3');
  });

  it('recreates: no new pod before the last old one is gone', async () => {
    await started({ strategy: { type: 'Recreate' } });
    deploy('green');
    const colors = new Set<string>();
    for (let n = 0; n < 100; n++) {
      await cluster.clock.advance(50);
      colors.add(
        [
          ...new Set(
            cluster
              .pods()
              .map(pod => pod.spec.containers[0].image.split(':')[1]),
          ),
        ].join('+'),
      );
    }
    expect([...colors]).toEqual(
      ['blue', '', 'green'].filter(color => colors.has(color)),
    );
    expect(sizes().at(-1)).toBe('green 4/4');
  });

  it('does not roll while paused, but scales', async () => {
    await started();
    patch({ paused: true, template: podTemplate('demo/colors:green') });
    await cluster.clock.advance(5000);
    expect(sizes()).toEqual(['blue 4/4']);
    expect(conditionOf(get(), 'Progressing')?.reason).toBe('DeploymentPaused');

    patch({ replicas: 6 });
    await cluster.clock.advance(5000);

    expect(sizes()).toEqual(['blue 6/6']);
  });

  it('scales both revisions in proportion in the middle of an update', async () => {
    await started({
      replicas: 10,
      strategy: { rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } },
    });
    deploy('unpullable');
    await cluster.clock.advance(5000);
    expect(sizes()).toEqual(['blue 8/8', 'unpullable 5/0']);

    patch({ replicas: 15 });
    await cluster.clock.advance(5000);

    // The documentation's example: of five more, three to the old, two to the new.
    expect(sizes()).toEqual(['blue 11/11', 'unpullable 7/0']);
  });

  it('keeps as many old ReplicaSets as revisionHistoryLimit says', async () => {
    await started({ revisionHistoryLimit: 1 });
    for (const color of ['green', 'yellow', 'purple']) {
      deploy(color);
      await cluster.clock.advance(20_000);
    }
    expect(sizes()).toEqual(['yellow 0/0', 'purple 4/4']);
  });

  it('forgets no old ReplicaSet in the middle of an update', async () => {
    await started();
    deploy('green');
    await cluster.clock.advance(20_000);
    patch({
      revisionHistoryLimit: 0,
      template: podTemplate('demo/colors:unpullable'),
    });

    await cluster.clock.advance(20_000);

    expect(sizes()).toContain('blue 0/0');
  });

  it('takes over a ReplicaSet that matches, but none of another controller', async () => {
    const like = (name: string, color: string, owners: object[] = []) =>
      cluster.create(REPLICA_SETS, {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: {
          name,
          labels: { app: 'colors' },
          ownerReferences: owners,
        } as NewObject['metadata'],
        spec: {
          replicas: 0,
          selector: { matchLabels: { app: 'colors', color } },
          template: {
            ...podTemplate(),
            metadata: { labels: { app: 'colors', color } },
          },
        },
      });
    const { metadata } = cluster.api.create(
      { group: '', resource: 'configmaps' },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'other', namespace: 'default' },
      },
    );
    like('orphan', 'red');
    like('taken', 'pink', [
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        name: 'other',
        uid: metadata.uid,
        controller: true,
      },
    ]);
    await started();

    const ownersOf = (name: string) =>
      cluster.api
        .get(REPLICA_SETS, 'default', name)
        .metadata.ownerReferences?.map(owner => owner.name);
    expect(ownersOf('orphan')).toEqual(['colors']);
    expect(ownersOf('taken')).toEqual(['other']);
  });

  it('takes another name when the one of its template is taken', async () => {
    await started();
    const [{ metadata } = get()] = replicaSets();
    cluster.api.delete(DEPLOYMENTS, 'default', 'colors');
    await cluster.clock.advance(10_000);
    const labels = { app: 'somebody-else' };
    cluster.create(REPLICA_SETS, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: metadata.name },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: { ...podTemplate(), metadata: { labels } },
      },
    });

    await started();

    expect(get().status).toMatchObject({
      collisionCount: 1,
      availableReplicas: 4,
    });
  });
});
