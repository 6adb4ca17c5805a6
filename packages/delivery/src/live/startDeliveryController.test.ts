import {
  startDeliveryController,
  type DeliveryController,
  type DeliveryControllerOptions,
} from './startDeliveryController';
import { silentLogger } from './logger';
import { canary } from './__testUtils__/canary';
import {
  ROLLOUTS,
  startLiveCluster,
  type LiveCluster,
} from './__testUtils__/liveCluster';

jest.setTimeout(90_000);

const LEASES = { group: 'coordination.k8s.io', resource: 'leases' };
const REPLICA_SETS = { group: 'apps', resource: 'replicasets' };
const CRDS = {
  group: 'apiextensions.k8s.io',
  resource: 'customresourcedefinitions',
};

describe('startDeliveryController', () => {
  let live: LiveCluster;
  const controllers: DeliveryController[] = [];

  const start = async (options: Partial<DeliveryControllerOptions> = {}) => {
    const controller = await startDeliveryController({
      client: live.client,
      ...options,
    });
    controllers.push(controller);
    return controller;
  };
  const healthy = (name: string) =>
    live.until(
      ROLLOUTS,
      'default',
      name,
      ({ status }) => status?.phase === 'Healthy',
    );
  const lease = (name: string) =>
    live.until(LEASES, 'default', name, () => true);

  beforeEach(async () => {
    live = await startLiveCluster();
  });

  afterEach(async () => {
    await Promise.all(controllers.splice(0).map(each => each.stop()));
    await live.stop();
  });

  it('14: of two controllers one acts, and the other takes over when it ends', async () => {
    const first = await start({ leaderElection: { identity: 'first' } });
    live.cluster.api.create(ROLLOUTS, canary('one'));
    await healthy('one');
    let told: (line: string) => void = () => {};
    const standingBy = new Promise<string>(resolve => {
      told = line => line.startsWith('standing by') && resolve(line);
    });
    const second = await start({
      leaderElection: { identity: 'second' },
      logger: { ...silentLogger, info: told },
    });
    expect(await standingBy).toBe(
      'standing by as long as first holds the lease default/progressive-delivery-controller',
    );
    expect(
      (await lease('progressive-delivery-controller')).spec.holderIdentity,
    ).toBe('first');
    expect(second.state().phase).not.toBe('active');

    await first.stop();
    live.cluster.api.create(ROLLOUTS, canary('two'));
    await healthy('two');

    expect(first.state().phase).toBe('stopped');
    expect(second.state()).toMatchObject({ phase: 'active', rollouts: 2 });
  });

  it("16: by Argo Rollouts' own lease, one of the two acts at any time", async () => {
    const namespace = 'argo-rollouts';
    const name = 'argo-rollouts-controller-lock';
    live.cluster.api.create(
      { group: '', resource: 'namespaces' },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    );
    live.cluster.api.create(LEASES, {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name, namespace },
      spec: {
        holderIdentity: 'argo',
        leaseDurationSeconds: 3,
        renewTime: '2020-01-01T00:00:00.000000Z',
      },
    });
    const controller = await start({
      leaderElection: { lease: 'argo', identity: 'ours' },
    });
    expect(controller.state().phase).not.toBe('active');

    // Argo Rollouts renews it no more.
    await live.until(
      LEASES,
      namespace,
      name,
      ({ spec }) => spec.holderIdentity === 'ours',
    );
    live.cluster.api.create(ROLLOUTS, canary('one'));
    await healthy('one');
  });

  it('16: stands aside while Argo Rollouts renews its lease, and acts when it does not', async () => {
    const argo = {
      apiVersion: 'coordination.k8s.io/v1',
      kind: 'Lease',
      metadata: { name: 'argo-rollouts-controller-lock', namespace: 'default' },
      spec: {
        holderIdentity: 'argo',
        leaseDurationSeconds: 6,
        renewTime: '2020-01-01T00:00:00.000000Z',
      },
    };
    live.cluster.api.create(LEASES, argo);
    live.cluster.api.create(ROLLOUTS, canary('colors'));
    let renewals = 0;
    const renewing = setInterval(() => {
      renewals += 1;
      live.cluster.api.patch(
        LEASES,
        'default',
        argo.metadata.name,
        { spec: { renewTime: `2020-01-01T00:00:0${renewals}.000000Z` } },
        { type: 'merge' },
      );
      if (renewals === 3) clearInterval(renewing);
    }, 2_000);
    const controller = await start({ standAside: true });

    await live.until(
      LEASES,
      'default',
      argo.metadata.name,
      () => renewals === 3,
    );
    expect(live.cluster.api.list(REPLICA_SETS)).toEqual([]);
    expect(controller.state()).toMatchObject({
      phase: 'idle',
      reason: 'standing aside',
    });

    await healthy('colors');
    expect(controller.state().phase).toBe('active');
  });

  it('asks a predicate that is given instead', async () => {
    let aside = true;
    live.cluster.api.create(ROLLOUTS, canary('colors'));
    const controller = await start({ standAside: () => aside });
    await lease('progressive-delivery-controller');
    expect(controller.state().reason).toBe('standing aside');

    aside = false;
    await healthy('colors');
  });

  it('acts on its own instance id only', async () => {
    const labelled = canary('mine');
    labelled.metadata.labels = {
      'argo-rollouts.argoproj.io/controller-instance-id': 'x',
    };
    live.cluster.api.create(ROLLOUTS, labelled);
    live.cluster.api.create(ROLLOUTS, canary('others'));
    const controller = await start({ instanceId: 'x' });

    await healthy('mine');

    expect(controller.state().rollouts).toBe(1);
    expect(
      live.cluster.api.get(ROLLOUTS, 'default', 'others').status,
    ).toBeUndefined();
  });

  it('10: waits for the CRDs of a cluster that has none yet', async () => {
    const definitions = live.cluster.api.list(CRDS);
    for (const { metadata } of definitions) {
      live.cluster.api.delete(CRDS, undefined, metadata.name);
    }
    const controller = await start();
    await lease('progressive-delivery-controller');
    expect(['absent', 'starting']).toContain(controller.state().phase);

    for (const { apiVersion, kind, metadata, spec } of definitions) {
      const { name } = metadata;
      live.cluster.api.create(CRDS, {
        apiVersion,
        kind,
        metadata: { name },
        spec,
      });
    }
    live.cluster.api.create(ROLLOUTS, canary('colors'));
    await healthy('colors');

    expect(controller.state().phase).toBe('active');
  });

  it('serves metrics and health', async () => {
    live.cluster.api.create(ROLLOUTS, canary('colors'));
    const controller = await start({ metricsPort: 0 });
    await healthy('colors');
    const { metricsAddress } = controller.state();

    const health = await fetch(`${metricsAddress}/healthz`);
    const ready = await fetch(`${metricsAddress}/readyz`);
    expect(ready.status).toBe(200);
    const metrics = await (await fetch(`${metricsAddress}/metrics`)).text();

    expect(await health.text()).toBe('active\n');
    expect(metrics).toMatch(
      /rollout_info\{namespace="default",name="colors",strategy="canary",traffic_router="",phase="Healthy"\} 1/,
    );
    expect(metrics).toMatch(
      /rollout_reconcile_count\{[^}]*name="colors"[^}]*\} \d/,
    );
  });
});
