import {
  startDeliveryController,
  type DeliveryController,
} from './startDeliveryController';
import { silentLogger } from './logger';
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
  const warnings: object[] = [];
  let warned = () => {};

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
    warnings.length = 0;
    controller = await startDeliveryController({
      client: live.client,
      leaderElection: false,
      logger: {
        ...silentLogger,
        warn: (message, fields) => {
          warnings.push({ message, ...fields });
          warned();
        },
      },
    });
    await rollout(({ phase }) => phase === 'Healthy');
  });

  afterEach(async () => {
    await controller.stop();
    await live.stop();
  });

  it('give running pods the labels of a role that they get', async () => {
    const names = pods().map(({ metadata }) => metadata.name);

    patch({
      strategy: { canary: { stableMetadata: { labels: { role: 'stable' } } } },
    });
    for (const name of names) {
      await live.until(
        PODS,
        'default',
        name,
        ({ metadata }) => metadata.labels?.role !== undefined,
      );
    }

    const after = pods().map(({ metadata }) => [
      metadata.name,
      metadata.labels?.role,
    ]);
    expect(after).toEqual([
      [names[0], 'stable'],
      [names[1], 'stable'],
    ]);
  });

  it('restart all pods', async () => {
    const before = pods().map(({ metadata }) => metadata.uid);
    const restartAt = `${new Date(Date.now() + 2_000).toISOString().slice(0, 19)}Z`;

    patch({ restartAt });
    await rollout(({ restartedAt }) => restartedAt === restartAt);

    const after = pods().map(({ metadata }) => metadata.uid);
    expect(after.filter(uid => before.includes(uid))).toEqual([]);
  });

  it('wait where pods may not be read, and say so', async () => {
    live.cluster.controls.setFaults(({ resource }) =>
      resource === 'pods' ? { kind: 'fail', status: 403 } : undefined,
    );
    const said = new Promise<void>(resolve => {
      warned = resolve;
    });

    patch({ restartAt: '2026-01-01T00:00:00Z' });
    await said;

    const message = expect.stringMatching(/^pods may not be read, and it asks/);
    expect(warnings).toEqual([
      { message, namespace: 'default', rollout: 'colors' },
    ]);
    expect(controller.state().failing).toEqual([
      { key: 'rollout/default/colors', message },
    ]);
  });
});
