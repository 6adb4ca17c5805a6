import { canary } from '../__testUtils__/canary';
import { FaultBench, REPLICA_SETS, wrapped } from '../__testUtils__/faultBench';
import { templateHash } from '../../rollout/template/templateHash';
import { ANALYSIS_RUNS, ROLLOUTS } from '../__testUtils__/liveCluster';

jest.setTimeout(120_000);

describe('faults of objects', () => {
  let bench: FaultBench;

  beforeEach(async () => {
    bench = await FaultBench.start();
  });

  afterEach(() => bench.stop());

  it('24: a rollout that is wrong disturbs no other', async () => {
    const { live } = bench;
    const wrong = canary('wrong');
    wrong.spec.strategy.canary.steps = [{ setWeight: 140 }];
    live.cluster.api.create(ROLLOUTS, wrong);
    live.cluster.api.create(
      ROLLOUTS,
      canary('missing', { analysis: 'nowhere' }),
    );
    live.cluster.api.create(ROLLOUTS, canary('fine'));
    bench.control();

    await bench.healthy('fine', 1);
    const invalid = (name: string) =>
      live.until(ROLLOUTS, 'default', name, ({ status }) =>
        status?.conditions?.some(
          ({ type }: { type: string }) => type === 'InvalidSpec',
        ),
      );

    expect((await invalid('wrong')).status.message).toContain('setWeight');
    expect((await invalid('missing')).status.message).toContain('nowhere');
  });

  it('26: deleted and created again under the same name', async () => {
    const { live } = bench;
    live.cluster.api.create(ROLLOUTS, canary('colors'));
    bench.control();
    const first = await bench.healthy('colors', 1);

    live.cluster.api.delete(ROLLOUTS, 'default', 'colors');
    live.cluster.api.create(
      ROLLOUTS,
      canary('colors', { image: 'demo/colors:green' }),
    );
    const second = await bench.healthy('colors', 1);

    expect(second.metadata.uid).not.toBe(first.metadata.uid);
    const owned = live.cluster.api
      .list(REPLICA_SETS)
      .filter(
        ({ metadata }) =>
          metadata.ownerReferences?.[0]?.uid === second.metadata.uid,
      );
    expect(
      owned.map(({ spec }) => spec.template.spec.containers[0].image),
    ).toEqual(['demo/colors:green']);
  });

  it('26: an analysis of a former rollout of the same name is still there', async () => {
    const { live } = bench;
    const { spec } = canary('colors', { image: 'demo/colors:green' });
    const hash = templateHash(spec.template, 0);
    live.cluster.api.create(ANALYSIS_RUNS, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AnalysisRun',
      metadata: {
        name: `colors-${hash}-2-1`,
        namespace: 'default',
        labels: { 'rollouts-pod-template-hash': hash },
      },
      spec: { metrics: [] },
      status: { phase: 'Failed', completedAt: '2026-01-01T00:00:00Z' },
    });
    live.cluster.api.create(ROLLOUTS, canary('colors', { analysis: 'check' }));
    bench.control();
    await bench.healthy('colors', 1);

    bench.setImage('colors', 'demo/colors:green');
    await bench.healthy('colors', 2);

    expect(
      live.cluster.api
        .list(ANALYSIS_RUNS)
        .map(({ metadata, status }) => [metadata.name, status.phase]),
    ).toEqual([
      [`colors-${hash}-2-1`, 'Failed'],
      [`colors-${hash}-2-1.1`, 'Successful'],
    ]);
  });

  it.each(['create replicasets', 'patch rollouts'])(
    'no ghost stays of a rollout that is deleted at the moment of "%s"',
    async moment => {
      const { live, created } = bench;
      let deleted = false;
      const client = wrapped(live.client, async ({ method, plural, make }) => {
        if (!deleted && `${method} ${plural}` === moment) {
          deleted = true;
          live.cluster.api.delete(ROLLOUTS, 'default', 'ghost');
        }
        return make();
      });
      live.cluster.api.create(ROLLOUTS, canary('ghost'));
      const loop = bench.control(client);
      await live.until(ROLLOUTS, 'default', 'ghost', () => true);
      // Others go on, and by the time that one is done a ghost would have
      // made many.
      live.cluster.api.create(ROLLOUTS, canary('other'));
      await bench.healthy('other', 1);
      bench.setImage('other', 'demo/colors:green');
      await bench.healthy('other', 2);

      expect(deleted).toBe(true);
      expect(
        live.cluster.api.find(ROLLOUTS, 'default', 'ghost'),
      ).toBeUndefined();
      expect(
        created.filter(kind => kind === 'ReplicaSet').length,
      ).toBeLessThanOrEqual(3);
      expect(loop.rollouts.map(({ metadata }) => metadata.name)).toEqual([
        'other',
      ]);
      expect(loop.failing).toEqual([]);
    },
  );
});
