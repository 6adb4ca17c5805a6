import { canary } from '../__testUtils__/canary';
import { FaultBench, ONE_UPDATE, wrapped } from '../__testUtils__/faultBench';
import { ROLLOUTS } from '../__testUtils__/liveCluster';

jest.setTimeout(120_000);

describe('faults of several controllers', () => {
  let bench: FaultBench;

  beforeEach(async () => {
    bench = await FaultBench.start();
    bench.live.cluster.api.create(
      ROLLOUTS,
      canary('colors', { analysis: 'check' }),
    );
  });

  afterEach(() => bench.stop());

  it('15: what a leader meant to write before it froze changes nothing when it thaws', async () => {
    const { live } = bench;
    let freezes = false;
    let thaw = () => {};
    const thawed = new Promise<void>(resolve => {
      thaw = resolve;
    });
    let heard: (outcome: string) => void = () => {};
    const outcome = new Promise<string>(resolve => {
      heard = resolve;
    });
    let froze = () => {};
    const frozen = new Promise<void>(resolve => {
      froze = resolve;
    });
    let leads = true;
    const client = wrapped(live.client, async call => {
      if (!freezes || !call.isWrite) return call.make();
      // It stands still between its decision and its write.
      froze();
      await thawed;
      const written = call.make();
      written.then(
        () => heard('written'),
        () => heard('refused'),
      );
      return written;
    });
    bench.control(client, { mayAct: () => leads });
    await bench.healthy('colors', 1);
    freezes = true;
    bench.setImage('colors', 'demo/colors:green');
    await frozen;

    leads = false;
    bench.control();
    await bench.healthy('colors', 2);
    await bench.scaledDown('colors');
    const before = live.cluster.api.find(ROLLOUTS, 'default', 'colors');
    thaw();

    expect(await outcome).toBe('refused');
    expect(live.cluster.api.find(ROLLOUTS, 'default', 'colors')).toEqual(
      before,
    );
    expect(bench.outcome()).toEqual(ONE_UPDATE);
  });

  it('14: two that both believe to lead end as one would have', async () => {
    bench.control();
    bench.control();
    await bench.healthy('colors', 1);

    bench.setImage('colors', 'demo/colors:green');
    await bench.healthy('colors', 2);
    await bench.scaledDown('colors');

    expect(bench.outcome()).toEqual(ONE_UPDATE);
  });
});
