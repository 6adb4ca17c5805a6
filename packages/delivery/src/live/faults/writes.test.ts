import { canary } from '../__testUtils__/canary';
import { FaultBench, ONE_UPDATE, wrapped } from '../__testUtils__/faultBench';
import { ROLLOUTS } from '../__testUtils__/liveCluster';

jest.setTimeout(120_000);

describe('faults of writes', () => {
  let bench: FaultBench;

  beforeEach(async () => {
    bench = await FaultBench.start();
  });

  afterEach(() => bench.stop());

  it.each(['before', 'after'])(
    '12: a controller that is killed %s each single write',
    async when => {
      const { live } = bench;
      live.cluster.api.create(
        ROLLOUTS,
        canary('colors', { analysis: 'check' }),
      );
      let lives = 0;
      const tried = new Set<string>();
      const mortal = () => {
        lives += 1;
        let dead = false;
        const client = wrapped(live.client, async call => {
          if (dead) throw new Error('killed');
          if (!call.isWrite) return call.make();
          // Killed once before each kind of write at each state of the rollout.
          const { status } = live.cluster.api.find(
            ROLLOUTS,
            'default',
            'colors',
          ) ?? { status: {} };
          const key = `${call.method} ${call.plural} ${JSON.stringify(status)}`;
          if (when === 'before' && tried.has(key)) return call.make();
          tried.add(key);
          if (when === 'after') await call.make();
          dead = true;
          setImmediate(() => mortal());
          throw new Error('killed');
        });
        bench.control(client);
      };
      mortal();
      await bench.healthy('colors', 1);

      bench.setImage('colors', 'demo/colors:green');
      await bench.healthy('colors', 2);
      await bench.scaledDown('colors');

      expect(lives).toBeGreaterThan(8);
      expect(bench.outcome()).toEqual(ONE_UPDATE);
    },
  );

  it('11: somebody else writes the rollout just before each of its status writes', async () => {
    const { live } = bench;
    live.cluster.api.create(ROLLOUTS, canary('colors', { analysis: 'check' }));
    let conflicts = 0;
    live.cluster.controls.setFaults(({ resource, subresource, verb }) => {
      const isStatus = resource === 'rollouts' && subresource === 'status';
      if (verb !== 'patch' || !isStatus || conflicts >= 12) return undefined;
      conflicts += 1;
      if (conflicts % 2) {
        live.cluster.api.patch(
          ROLLOUTS,
          'default',
          'colors',
          { metadata: { annotations: { touched: String(conflicts) } } },
          { type: 'merge' },
        );
      }
      return undefined;
    });
    bench.control();
    await bench.healthy('colors', 1);

    bench.setImage('colors', 'demo/colors:green');
    await bench.healthy('colors', 2);

    expect(conflicts).toBe(12);
    expect(bench.outcome()).toEqual(ONE_UPDATE);
  });

  it.each([429, 500])(
    'an eviction that is refused with %i keeps no rollout from its steps',
    async status => {
      const { live } = bench;
      live.cluster.api.create(ROLLOUTS, canary('colors'));
      bench.control();
      await bench.healthy('colors', 1);
      const refused = new Promise<void>(resolve => {
        live.cluster.controls.setFaults(({ subresource }) => {
          if (subresource !== 'eviction') return undefined;
          resolve();
          return { kind: 'fail', status };
        });
      });
      const change = (spec: object) =>
        live.cluster.api.patch(
          ROLLOUTS,
          'default',
          'colors',
          { spec },
          { type: 'merge' },
        );
      change({ restartAt: new Date(Date.now() + 1_000).toISOString() });
      await refused;

      change({ replicas: 3 });

      const { metadata, status: seen } = await live.until(
        ROLLOUTS,
        'default',
        'colors',
        rollout => rollout.status.availableReplicas === 3,
      );
      expect(seen.observedGeneration).toBe(String(metadata.generation));
    },
  );
});
