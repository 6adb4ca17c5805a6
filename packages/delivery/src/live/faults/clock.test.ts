import { SCALE_DOWN_DEADLINE_ANNOTATION } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { systemClock, type Clock } from '@progressive-delivery/kube';
import { planRollout } from '../../rollout/planRollout';
import { canary } from '../__testUtils__/canary';
import { FaultBench, REPLICA_SETS } from '../__testUtils__/faultBench';
import { ROLLOUTS } from '../__testUtils__/liveCluster';

jest.setTimeout(120_000);

const HOUR = 3_600_000;

/** The machine's clock, which somebody can set. */
class SettableClock implements Clock {
  ahead = 0;
  now = () => systemClock.now() + this.ahead;
  monotonic = () => systemClock.monotonic();
  after = (milliseconds: number, callback: () => void) =>
    systemClock.after(milliseconds, callback);
}

describe('17: a clock that jumps', () => {
  let bench: FaultBench;

  beforeEach(async () => {
    bench = await FaultBench.start();
  });

  afterEach(() => bench.stop());

  it('ends no delay early before old pods go', async () => {
    const { live } = bench;
    const { api } = live.cluster;
    api.create(
      { group: '', resource: 'services' },
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'active', namespace: 'default' },
        spec: { selector: { app: 'colors' }, ports: [{ port: 80 }] },
      },
    );
    const rollout = canary('colors');
    api.create(ROLLOUTS, {
      ...rollout,
      spec: {
        ...(rollout.spec as object),
        strategy: { blueGreen: { activeService: 'active' } },
      },
    });
    const clock = new SettableClock();
    let turned = () => {};
    bench.control(live.client, {
      clock,
      plan: (snapshot, now) => {
        turned();
        return planRollout(snapshot, now);
      },
    });
    const nextTurn = () =>
      new Promise<void>(resolve => {
        turned = resolve;
      });
    await bench.healthy('colors', 1);
    const [blue] = api.list(REPLICA_SETS);
    const { name = '' } = blue?.metadata ?? {};
    bench.setImage('colors', 'demo/colors:green');
    await live.until(
      REPLICA_SETS,
      'default',
      name,
      ({ metadata }) =>
        metadata.annotations?.[SCALE_DOWN_DEADLINE_ANNOTATION] !== undefined,
    );
    await bench.healthy('colors', 2);

    const touch = async (touched: string) => {
      const turn = nextTurn();
      api.patch(
        ROLLOUTS,
        'default',
        'colors',
        { metadata: { annotations: { touched } } },
        { type: 'merge' },
      );
      await turn;
    };
    // The turn that has set the delay is over when another begins.
    await touch('before');
    clock.ahead = HOUR;
    // It may have slept: it decides on nothing before it has heard again.
    await live.cluster.controls.restart();
    for (const touched of ['once', 'twice', 'thrice']) await touch(touched);

    expect(api.find(REPLICA_SETS, 'default', name)?.spec.replicas).toBe(2);
  });
});
