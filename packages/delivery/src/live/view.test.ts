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
