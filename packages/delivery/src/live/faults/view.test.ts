import { ConflictError, type KubeClient } from '@progressive-delivery/kube';
import { canary } from '../__testUtils__/canary';
import { FaultBench, ONE_UPDATE, wrapped } from '../__testUtils__/faultBench';
import { ROLLOUTS } from '../__testUtils__/liveCluster';

jest.setTimeout(120_000);

type Watch = Awaited<ReturnType<KubeClient['watch']>>;

/** Each event of a watch a little later. */
function lagging(watch: Watch, milliseconds: number) {
  return {
    close: () => watch.close(),
    async *[Symbol.asyncIterator]() {
      for await (const event of watch) {
        await new Promise(resolve => {
          setTimeout(resolve, milliseconds);
        });
        yield event;
      }
    },
  };
}

describe('faults of the view', () => {
  let bench: FaultBench;

  beforeEach(async () => {
    bench = await FaultBench.start();
    bench.live.cluster.api.create(
      ROLLOUTS,
      canary('colors', { analysis: 'check' }),
    );
  });

  afterEach(() => bench.stop());

  it('13: a watch that lags behind its own writes', async () => {
    const { live } = bench;
    const steps: number[] = [];
    live.cluster.api.watch(ROLLOUTS, ({ object }) => {
      steps.push(object.status?.currentStepIndex ?? 0);
    });
    const repeated: string[] = [];
    const client = wrapped(live.client, async ({ method, plural, make }) => {
      try {
        const answer = await make();
        return method === 'watch' ? lagging(answer as Watch, 150) : answer;
      } catch (error) {
        // Nobody else writes rollouts or creates anything here.
        const isOurs = method === 'create' || plural === 'rollouts';
        if (isOurs && error instanceof ConflictError) {
          repeated.push(error.message);
        }
        throw error;
      }
    });
    bench.control(client);
    await bench.healthy('colors', 1);
    steps.length = 0;

    bench.setImage('colors', 'demo/colors:green');
    await bench.healthy('colors', 2);

    expect(repeated).toEqual([]);
    const afterReset = steps.slice(steps.indexOf(0));
    expect(afterReset).toEqual([...afterReset].sort());
    expect(bench.outcome()).toEqual(ONE_UPDATE);
  });

  it('1: an API server that restarts in mid-update', async () => {
    const { live } = bench;
    bench.control();
    await bench.healthy('colors', 1);

    bench.setImage('colors', 'demo/colors:green');
    await live.until(
      ROLLOUTS,
      'default',
      'colors',
      ({ status }) => status.currentStepIndex === 1,
    );
    await live.cluster.controls.restart();
    await bench.healthy('colors', 2);

    expect(bench.outcome()).toEqual(ONE_UPDATE);
  });
});
