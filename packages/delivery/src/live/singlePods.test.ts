import {
  startDeliveryController,
  type DeliveryController,
} from './startDeliveryController';
import { canary } from './__testUtils__/canary';
import {
  ROLLOUTS,
  startLiveCluster,
  type LiveCluster,
} from './__testUtils__/liveCluster';

jest.setTimeout(120_000);

const PODS = { group: '', resource: 'pods' };

describe('decisions that look at single pods', () => {
  let live: LiveCluster;
  let controller: DeliveryController;

  const patch = (spec: object) =>
    live.cluster.api.patch(
      ROLLOUTS,
      'default',
      'colors',
      { spec },
      { type: 'merge' },
    );
  const rollout = (wanted: (status: any) => boolean) =>
    live.until(ROLLOUTS, 'default', 'colors', ({ status }) =>
      Boolean(status && wanted(status)),
    );
  const pods = () => live.cluster.api.list(PODS);

  beforeEach(async () => {
    live = await startLiveCluster();
    live.cluster.api.create(ROLLOUTS, canary('colors'));
    controller = await startDeliveryController({
      client: live.client,
      leaderElection: false,
    });
    await rollout(({ phase }) => phase === 'Healthy');
  });

  afterEach(async () => {
    await controller.stop();
    await live.stop();
  });

  it('give running pods the labels of a role that they get, and give them back', async () => {
    const name = pods()[0]?.metadata.name ?? '';
    const isLabelled = () =>
      live.until(
        PODS,
        'default',
        name,
        pod => pod.metadata.labels?.role === 'stable',
      );

    patch({
      strategy: { canary: { stableMetadata: { labels: { role: 'stable' } } } },
    });
    await isLabelled();
    live.cluster.api.patch(
      PODS,
      'default',
      name,
      { metadata: { labels: { role: null } } },
      { type: 'merge' },
    );

    await isLabelled();
  });

  it('restart all pods once', async () => {
    const before = pods().map(({ metadata }) => metadata.uid);
    const restartAt = `${new Date(Date.now() + 2_000).toISOString().slice(0, 19)}Z`;

    patch({ restartAt });
    await rollout(({ restartedAt }) => restartedAt === restartAt);

    const after = pods().map(({ metadata }) => metadata.uid);
    expect(after.filter(uid => before.includes(uid))).toEqual([]);
  });
});
