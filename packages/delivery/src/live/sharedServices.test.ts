import {
  MANAGED_BY_ANNOTATION,
  POD_TEMPLATE_HASH_LABEL,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  ROLLOUTS,
  startLiveCluster,
  type LiveCluster,
} from './__testUtils__/liveCluster';
import {
  startDeliveryController,
  type DeliveryController,
} from './startDeliveryController';

jest.setTimeout(120_000);

const SERVICES = { group: '', resource: 'services' };

describe('a service that two rollouts name', () => {
  let live: LiveCluster;
  let controller: DeliveryController;

  const create = (name: string) =>
    live.cluster.api.create(ROLLOUTS, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name, namespace: 'default' },
      spec: {
        replicas: 1,
        selector: { matchLabels: { app: 'shop', of: name } },
        template: {
          metadata: { labels: { app: 'shop', of: name } },
          spec: { containers: [{ name: 'c', image: 'demo/colors:blue' }] },
        },
        strategy: { blueGreen: { activeService: 'shop' } },
      },
    });
  const becomes = (name: string, phase: string) =>
    live.until(
      ROLLOUTS,
      'default',
      name,
      ({ status }) => status?.phase === phase,
    );

  beforeEach(async () => {
    live = await startLiveCluster();
    live.cluster.api.create(SERVICES, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'shop', namespace: 'default' },
      spec: { selector: { app: 'shop' }, ports: [{ port: 80 }] },
    });
    controller = await startDeliveryController({ client: live.client });
  });

  afterEach(async () => {
    await controller.stop();
    await live.stop();
  });

  it('stays with the first, and goes to the second when the first is deleted', async () => {
    create('first');
    await becomes('first', 'Healthy');

    create('second');
    const { status } = await becomes('second', 'Degraded');
    expect(status.message).toContain(
      'spec.strategy.blueGreen.activeService: Invalid value: "shop": Service "shop" is managed by another Rollout: "first"',
    );

    live.cluster.api.delete(ROLLOUTS, 'default', 'first');
    await becomes('second', 'Healthy');
    const { metadata } = live.cluster.api.get(SERVICES, 'default', 'shop');
    expect(metadata.annotations?.[MANAGED_BY_ANNOTATION]).toBe('second');
  });

  it('selects by its own labels again when its rollout is gone', async () => {
    create('first');
    await becomes('first', 'Healthy');

    live.cluster.api.delete(ROLLOUTS, 'default', 'first');

    const { metadata, spec } = await live.until(
      SERVICES,
      'default',
      'shop',
      service => !service.spec.selector[POD_TEMPLATE_HASH_LABEL],
    );
    expect(spec.selector).toEqual({ app: 'shop' });
    expect(metadata.annotations ?? {}).not.toHaveProperty(
      MANAGED_BY_ANNOTATION,
    );
  });
});
