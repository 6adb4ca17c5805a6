import { systemClock, type Clock } from '@progressive-delivery/kube';
import { canary } from './__testUtils__/canary';
import { FaultBench, wrapped } from './__testUtils__/faultBench';
import { ROLLOUTS } from './__testUtils__/liveCluster';

jest.setTimeout(60_000);

describe('a control plane that takes its time', () => {
  let bench: FaultBench;

  beforeEach(async () => {
    bench = await FaultBench.start();
  });

  afterEach(() => bench.stop());

  it('is asked for less: what follows pods on their way waits longer', async () => {
    let spent = 0;
    const waits: number[] = [];
    const clock: Clock = {
      now: systemClock.now,
      monotonic: () => systemClock.monotonic() + spent,
      after(milliseconds, callback) {
        waits.push(milliseconds);
        return systemClock.after(milliseconds, callback);
      },
    };
    const client = wrapped(bench.live.client, call => {
      // As if each write took so long.
      if (call.isWrite) spent += 200;
      return call.make();
    });
    bench.control(client, { clock });
    const shop = canary('shop');
    shop.spec.strategy.canary.steps = [{ setWeight: 50 }];
    bench.live.cluster.api.create(ROLLOUTS, shop);
    await bench.healthy('shop', 1);
    bench.setImage('shop', 'demo/colors:green');
    await bench.healthy('shop', 2);

    // Without it half a second is the longest; other timers wait five or more.
    expect(waits.some(wait => wait > 500 && wait < 5_000)).toBe(true);
  });
});
