import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { NewObject } from '@progressive-delivery/local-cluster';
import { service } from '../simulate/testing/demo';
import { routerExample } from '../traffic/testing/examples';
import {
  startDeliveryController,
  type DeliveryController,
} from './startDeliveryController';
import {
  ROLLOUTS,
  startLiveCluster,
  type LiveCluster,
} from './__testUtils__/liveCluster';

jest.setTimeout(120_000);

const INGRESSES = { group: 'networking.k8s.io', resource: 'ingresses' };
const SERVICES = { group: '', resource: 'services' };
const VIRTUAL_SERVICES = {
  group: 'networking.istio.io',
  resource: 'virtualservices',
};
const DESTINATION_RULES = {
  group: 'networking.istio.io',
  resource: 'destinationrules',
};
const NGINX_WEIGHT = 'nginx.ingress.kubernetes.io/canary-weight';

/** As somebody would apply it. */
function manifest({ metadata, ...object }: KubeObject): NewObject {
  const { uid: _uid, resourceVersion: _version, ...rest } = metadata;
  return { ...object, metadata: rest } as NewObject;
}

describe('a canary on a cluster', () => {
  let live: LiveCluster;
  let controller: DeliveryController;

  beforeEach(async () => {
    live = await startLiveCluster();
    live.cluster.api.create(
      { group: '', resource: 'namespaces' },
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'demo' } },
    );
    controller = await startDeliveryController({
      client: live.client,
      leaderElection: false,
    });
  });

  afterEach(async () => {
    await controller.stop();
    await live.stop();
  });

  /** Up to the pause at 20 %. */
  async function startCanary(title: string) {
    const { rollout, objects } = routerExample(title);
    for (const [{ group, plural }, object] of objects) {
      live.cluster.api.create({ group, resource: plural }, manifest(object));
    }
    for (const name of ['colors', 'colors-stable', 'colors-canary']) {
      live.cluster.api.create(SERVICES, manifest(service(name)));
    }
    const { canary } = rollout.spec.strategy ?? {};
    if (canary) canary.steps = [{ setWeight: 20 }, { pause: {} }];
    live.cluster.api.create(ROLLOUTS, manifest(rollout));
    await live.until(
      ROLLOUTS,
      'demo',
      'colors',
      ({ status }) => status?.phase === 'Healthy',
    );
    const [container] = rollout.spec.template?.spec.containers ?? [];
    live.cluster.api.patch(
      ROLLOUTS,
      'demo',
      'colors',
      {
        spec: {
          template: {
            spec: {
              containers: [{ ...container, image: 'demo/colors:green' }],
            },
          },
        },
      },
      { type: 'merge' },
    );
    return live.until(
      ROLLOUTS,
      'demo',
      'colors',
      ({ status }) => status?.phase === 'Paused',
    );
  }

  it('is routed by nginx', async () => {
    await startCanary('nginx');

    expect(
      live.cluster.api.get(INGRESSES, 'demo', 'colors-colors-canary').metadata
        .annotations,
    ).toMatchObject({ [NGINX_WEIGHT]: '20' });
  });

  it('is routed by the subsets of Istio, without services', async () => {
    const { status } = await startCanary('Istio by subset');

    const { spec } = live.cluster.api.get(VIRTUAL_SERVICES, 'demo', 'colors');
    expect(spec.http[0].route).toMatchObject([{ weight: 80 }, { weight: 20 }]);
    const rule = live.cluster.api.get(DESTINATION_RULES, 'demo', 'colors');
    expect(rule.spec.subsets).toMatchObject([
      { labels: { 'rollouts-pod-template-hash': status.currentPodHash } },
      { labels: { 'rollouts-pod-template-hash': status.stableRS } },
    ]);
  });
});
