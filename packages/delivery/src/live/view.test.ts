import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES, systemClock } from '@progressive-delivery/kube';
import { ClusterView } from './view';
import {
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

  it.each(['rollouts', 'replicasets', 'pods', 'services', 'analysisruns'])(
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

  it('decides on a rollout with forbidden VirtualServices not at all, on others still', async () => {
    const plain = {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'plain', namespace: 'default' },
    };
    const istio = { virtualService: { name: 'colors' } };
    const routed = {
      ...plain,
      spec: { strategy: { canary: { trafficRouting: { istio } } } },
    };
    forbid('virtualservices');

    view.start();
    await becomes(() => view.ready);

    expect(view.isCurrentFor(plain as Rollout)).toBe(true);
    expect(view.isCurrentFor(routed as Rollout)).toBe(false);
  });

  it('mirrors VirtualServices in the version that an old Istio serves', async () => {
    const name = 'virtualservices.networking.istio.io';
    const { apiVersion, kind, spec } = live.cluster.api.get(
      CRDS,
      undefined,
      name,
    );
    const [version] = spec.versions.filter(
      (each: { name: string }) => each.name === 'v1alpha3',
    );
    live.cluster.api.delete(CRDS, undefined, name);
    live.cluster.api.create(CRDS, {
      apiVersion,
      kind,
      metadata: { name },
      spec: { ...spec, versions: [{ ...version, storage: true }] },
    });
    live.cluster.api.create(VIRTUAL_SERVICES, {
      apiVersion: 'networking.istio.io/v1alpha3',
      kind: 'VirtualService',
      metadata: { name: 'colors', namespace: 'default' },
      spec: {},
    });

    view.start();
    await new Promise<void>(resolve => {
      view.onStatus(() => view.ready && resolve());
    });

    expect(view.served(RESOURCES.virtualServices).version).toBe('v1alpha3');
    expect(view.stores.virtualServices.get('default', 'colors')).toBeDefined();
  });
});
