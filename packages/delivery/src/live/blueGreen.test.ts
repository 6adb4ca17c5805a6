import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
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

const SERVICES = { group: '', resource: 'services' };
const REPLICA_SETS = { group: 'apps', resource: 'replicasets' };

const template = (image: string) => ({
  metadata: { labels: { app: 'shop' } },
  spec: { containers: [{ name: 'c', image }] },
});

describe('a blue-green rollout on a cluster', () => {
  let live: LiveCluster;
  let controller: DeliveryController;

  const rollout = (wanted: (status: any) => boolean) =>
    live.until(ROLLOUTS, 'default', 'shop', ({ status }) =>
      Boolean(status && wanted(status)),
    );
  const selected = (name: string) =>
    live.cluster.api.get(SERVICES, 'default', name).spec.selector[
      POD_TEMPLATE_HASH_LABEL
    ];
  const patch = (body: object, subresource?: 'status') =>
    live.cluster.api.patch(ROLLOUTS, 'default', 'shop', body, {
      type: 'merge',
      ...(subresource ? { subresource } : {}),
    });

  beforeEach(async () => {
    live = await startLiveCluster();
    for (const name of ['shop-active', 'shop-preview']) {
      live.cluster.api.create(SERVICES, {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace: 'default' },
        spec: { selector: { app: 'shop' }, ports: [{ port: 80 }] },
      });
    }
    live.cluster.api.create(ROLLOUTS, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'shop', namespace: 'default' },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: 'shop' } },
        template: template('demo/colors:blue'),
        strategy: {
          blueGreen: {
            activeService: 'shop-active',
            previewService: 'shop-preview',
            autoPromotionEnabled: false,
            scaleDownDelaySeconds: 1,
          },
        },
      },
    });
    controller = await startDeliveryController({ client: live.client });
  });

  afterEach(async () => {
    await controller.stop();
    await live.stop();
  });

  it('waits behind the preview service, takes over, and lets the old pods go', async () => {
    const { status: first } = await rollout(
      status => status.phase === 'Healthy',
    );
    expect(selected('shop-active')).toBe(first.stableRS);

    patch({ spec: { template: template('demo/colors:green') } });
    const { status: paused } = await rollout(
      status => status.message === 'BlueGreenPause',
    );
    expect(selected('shop-active')).toBe(first.stableRS);
    expect(selected('shop-preview')).toBe(paused.currentPodHash);

    patch({ status: { pauseConditions: null } }, 'status');
    const { status: done } = await rollout(
      status =>
        status.phase === 'Healthy' && status.stableRS !== first.stableRS,
    );
    expect(selected('shop-active')).toBe(done.currentPodHash);
    await live.until(
      REPLICA_SETS,
      'default',
      `shop-${first.stableRS}`,
      ({ spec }) => spec.replicas === 0,
    );
  });
});
