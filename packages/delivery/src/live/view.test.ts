import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES, systemClock } from '@progressive-delivery/kube';
import { LINGER } from './linger';
import { ClusterView } from './view';
import {
  ROLLOUTS,
  startLiveCluster,
  type LiveCluster,
} from './__testUtils__/liveCluster';

jest.setTimeout(60_000);

const CRDS = {
  group: 'apiextensions.k8s.io',
  resource: 'customresourcedefinitions',
};
const VIRTUAL_SERVICES = {
  group: 'networking.istio.io',
  resource: 'virtualservices',
};

describe('ClusterView', () => {
  let live: LiveCluster;
  let view: ClusterView;

  beforeEach(async () => {
    live = await startLiveCluster();
    view = new ClusterView({
      client: live.client,
      clock: systemClock,
      onError: error => {
        throw error;
      },
    });
  });

  afterEach(async () => {
    await view.stop();
    await live.stop();
  });

  const becomes = (wanted: () => boolean) =>
    new Promise<void>(resolve => {
      const look = () => wanted() && resolve();
      view.onStatus(look);
      look();
    });
  const forbid = (kind: string) =>
    live.cluster.controls.setFaults(({ resource }) =>
      resource === kind ? { kind: 'fail', status: 403 } : undefined,
    );

  it.each(['rollouts', 'replicasets', 'services', 'analysisruns'])(
    'is not ready any more when %s become forbidden',
    async kind => {
      view.start();
      await becomes(() => view.ready);

      forbid(kind);
      await live.cluster.controls.restart();
      await becomes(() => view.problems().some(p => p.state === 'forbidden'));

      expect(view.ready).toBe(false);
    },
  );

  it('is not ready when nothing has been heard for too long', async () => {
    let ahead = 0;
    await view.stop();
    view = new ClusterView({
      client: live.client,
      clock: {
        now: () => systemClock.now() + ahead,
        monotonic: () => systemClock.monotonic(),
        after: (milliseconds, callback) =>
          systemClock.after(milliseconds, callback),
      },
      onError: error => {
        throw error;
      },
    });
    view.start();
    await becomes(() => view.ready);

    ahead = 61_000;

    expect(view.ready).toBe(false);
  });

  const routed = {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata: { name: 'colors', namespace: 'default' },
    spec: {
      strategy: {
        canary: {
          trafficRouting: { istio: { virtualService: { name: 'colors' } } },
        },
      },
    },
  };
  const plain = {
    metadata: { name: 'plain', namespace: 'default' },
  } as Rollout;
  const apply = () => {
    live.cluster.api.create(ROLLOUTS, routed);
  };
  const isCurrentForRouted = () =>
    view.stores.rollouts.size > 0 &&
    view.isCurrentFor(routed as unknown as Rollout);
  const hindranceOf = (name: string) => {
    const rollout = view.stores.rollouts.get('default', name);
    return rollout && view.hindranceOf(rollout);
  };
  const routeProblems = () =>
    view.problems().filter(each => each.resource.includes('virtualservices'));

  it('decides on a rollout with forbidden VirtualServices not at all, on others still', async () => {
    apply();
    forbid('virtualservices');

    view.start();
    await becomes(
      () => view.ready && routeProblems()[0]?.state === 'forbidden',
    );

    expect(view.isCurrentFor(plain)).toBe(true);
    expect(isCurrentForRouted()).toBe(false);
    expect(hindranceOf('colors')).toMatch(
      /^virtualservices.networking.istio.io may not be read/,
    );
  });

  it('asks for a routing kind from the first rollout that wants it', async () => {
    const asked: string[] = [];
    live.cluster.controls.setFaults(({ resource }) => {
      asked.push(resource ?? '');
      return undefined;
    });
    view.start();
    await becomes(() => view.ready);
    expect(asked).not.toContain('virtualservices');

    apply();
    await becomes(isCurrentForRouted);

    expect(asked).toContain('virtualservices');
    expect(asked).not.toContain('ingresses');
  });

  const REPLICA_SETS = { group: 'apps', resource: 'replicasets' };
  const isCurrentFor = (name: string) => {
    const rollout = view.stores.rollouts.get('default', name);
    return rollout !== undefined && view.isCurrentFor(rollout);
  };
  /** A rollout with a ReplicaSet of its own. */
  const withReplicaSet = (name: string, annotations = {}) => {
    const { uid } = live.cluster.api.create(ROLLOUTS, {
      ...routed,
      metadata: { name, namespace: 'default' },
      spec: { strategy: { canary: {} } },
    }).metadata;
    const labels = { app: name };
    live.cluster.api.create(REPLICA_SETS, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: {
        name,
        namespace: 'default',
        annotations,
        ownerReferences: [
          {
            apiVersion: routed.apiVersion,
            kind: routed.kind,
            name,
            uid,
            controller: true,
          },
        ],
      },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: { containers: [{ name: 'main', image: 'demo/colors:blue' }] },
        },
      },
    });
  };
  const strategy = (canary: object) => ({ spec: { strategy: { canary } } });

  it.each<[string, object]>([
    [
      'metadata for the canary',
      strategy({ canaryMetadata: { labels: { role: 'canary' } } }),
    ],
    [
      'metadata for stable',
      strategy({ stableMetadata: { labels: { role: 'stable' } } }),
    ],
    ['a restart', { spec: { restartAt: '2026-01-01T00:00:00Z' } }],
  ])(
    'asks for pods from the first rollout with %s, and decides on it with them only',
    async (_, change) => {
      const asked: string[] = [];
      live.cluster.controls.setFaults(({ resource }) => {
        asked.push(resource ?? '');
        return undefined;
      });
      withReplicaSet('plain');
      withReplicaSet('asking');
      view.start();
      await becomes(() => isCurrentFor('plain') && isCurrentFor('asking'));
      expect(asked).not.toContain('pods');

      forbid('pods');
      live.cluster.api.patch(ROLLOUTS, 'default', 'asking', change, {
        type: 'merge',
      });
      await becomes(() =>
        view
          .problems()
          .some(
            ({ resource, state }) =>
              resource === 'pods' && state === 'forbidden',
          ),
      );
      expect(isCurrentFor('plain')).toBe(true);
      expect(isCurrentFor('asking')).toBe(false);
    },
  );

  it('asks for pods while a ReplicaSet says that its pods have been given metadata', async () => {
    const note = {
      'rollout.argoproj.io/ephemeral-metadata': '{"labels":{"role":"canary"}}',
    };
    forbid('pods');
    withReplicaSet('plain');
    withReplicaSet('noted', note);

    view.start();
    await becomes(
      () =>
        view.ready &&
        view.problems().some(({ resource }) => resource === 'pods'),
    );

    expect(isCurrentFor('plain')).toBe(true);
    expect(isCurrentFor('noted')).toBe(false);
    expect(hindranceOf('plain')).toBeUndefined();
    expect(hindranceOf('noted')).toMatch(
      /^pods may not be read, and it asks for them: /,
    );

    live.cluster.controls.setFaults(() => undefined);
    await live.cluster.controls.restart();
    await becomes(() => isCurrentFor('noted'));
  });

  it('lets pods go when nobody asks for them any more', async () => {
    await view.stop();
    let left = () => {};
    const isLeft = new Promise<void>(resolve => {
      left = resolve;
    });
    view = new ClusterView({
      client: live.client,
      clock: {
        now: () => systemClock.now(),
        monotonic: () => systemClock.monotonic(),
        after: (milliseconds, callback) => {
          if (milliseconds === LINGER) left();
          return systemClock.after(milliseconds, callback);
        },
      },
      onError: error => {
        throw error;
      },
    });
    withReplicaSet('asking');
    const ask = (restartAt: string | null) =>
      live.cluster.api.patch(
        ROLLOUTS,
        'default',
        'asking',
        { spec: { restartAt } },
        { type: 'merge' },
      );
    ask('2026-01-01T00:00:00Z');
    view.start();
    await becomes(() => view.pods.current);

    ask(null);
    await isLeft;

    expect(view.pods.current).toBe(true);
  });

  it('says which mirror shows what is written to pods', () => {
    expect(view.storeOf({ ...RESOURCES.pods })).toBe(view.stores.pods);
  });

  it('fault 10: tells of a routing kind that is absent, and when it has come', async () => {
    const name = 'virtualservices.networking.istio.io';
    const { apiVersion, kind, spec } = live.cluster.api.get(
      CRDS,
      undefined,
      name,
    );
    live.cluster.api.delete(CRDS, undefined, name);
    let ahead = 0;
    const timers: [number, () => void][] = [];
    await view.stop();
    view = new ClusterView({
      client: live.client,
      clock: {
        now: () => systemClock.now() + ahead,
        monotonic: () => systemClock.monotonic(),
        after: (milliseconds, callback) => {
          if (milliseconds >= 20_000) timers.push([milliseconds, callback]);
          return milliseconds >= 20_000
            ? () => {}
            : systemClock.after(milliseconds, callback);
        },
      },
      onError: error => {
        throw error;
      },
    });
    const told: string[] = [];
    view.routes.subscribe((resource, object) => {
      if (!object) told.push(resource.plural);
    });
    apply();
    view.start();
    await becomes(() => told.length === 1);
    expect(view.routes.servedKinds).toEqual({
      'networking.istio.io/virtualservices': null,
    });
    await becomes(isCurrentForRouted);

    live.cluster.api.create(CRDS, {
      apiVersion,
      kind,
      metadata: { name },
      spec,
    });
    ahead = 20_000;
    for (const [, run] of timers.splice(0)) run();
    await becomes(() => told.length === 2);

    expect(view.routes.servedKinds).toEqual({
      'networking.istio.io/virtualservices': 'v1',
    });
  });

  it('mirrors VirtualServices in the version that an old Istio serves', async () => {
    const name = 'virtualservices.networking.istio.io';
    const {
      apiVersion,
      kind: crd,
      spec,
    } = live.cluster.api.get(CRDS, undefined, name);
    const [version] = spec.versions.filter(
      (each: { name: string }) => each.name === 'v1alpha3',
    );
    live.cluster.api.delete(CRDS, undefined, name);
    live.cluster.api.create(CRDS, {
      apiVersion,
      kind: crd,
      metadata: { name },
      spec: { ...spec, versions: [{ ...version, storage: true }] },
    });
    live.cluster.api.create(VIRTUAL_SERVICES, {
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'VirtualService',
      metadata: { name: 'colors', namespace: 'default' },
      spec: {},
    });

    apply();

    view.start();
    await becomes(isCurrentForRouted);

    const kind = RESOURCES.virtualServices;
    expect(view.served(kind).version).toBe('v1alpha3');
    expect(view.routes.get(kind, 'default', 'colors')).toBeDefined();
  });
});
