import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Hold } from '../../rollout/holds/hold';
import { canary } from '../__testUtils__/canary';
import {
  ROLLOUTS,
  startLiveCluster,
  type LiveCluster,
} from '../__testUtils__/liveCluster';
import {
  startDeliveryController,
  type DeliveryController,
} from '../startDeliveryController';
import { silentLogger } from '../logger';
import type { HoldSource } from './holdSource';

jest.setTimeout(60_000);

const PAUSE = 1_000;

/** Holds that a test begins and ends. */
class GivenHolds implements HoldSource {
  holds: Hold[] = [];
  #listener: () => void = () => {};
  #turns: (() => void)[] = [];

  tell(): void {
    this.#listener();
  }

  /** The next turn at a rollout whose pause is over. */
  overdueTurn(): Promise<void> {
    return new Promise(resolve => this.#turns.push(resolve));
  }

  holdsOf({ status }: Rollout, now: number): Hold[] {
    const [pause] = status?.pauseConditions ?? [];
    if (pause && now >= Date.parse(pause.startTime) + PAUSE) {
      this.#turns.splice(0).forEach(resolve => resolve());
    }
    // The step before it goes on, so that there is a pause to hold.
    return status?.currentStepIndex === 1 ? this.holds : [];
  }

  subscribe(listener: () => void): () => void {
    this.#listener = listener;
    return () => {
      this.#listener = () => {};
    };
  }
}

describe('holds on a cluster', () => {
  let live: LiveCluster;
  let controller: DeliveryController;
  const source = new GivenHolds();
  const said: string[] = [];

  beforeAll(async () => {
    live = await startLiveCluster();
    controller = await startDeliveryController({
      client: live.client,
      leaderElection: false,
      holds: source,
      logger: { ...silentLogger, info: message => said.push(message) },
    });
  });
  afterAll(async () => {
    await controller?.stop();
    await live?.stop();
  });

  const until = (wanted: (status: any) => boolean) =>
    live.until(ROLLOUTS, 'default', 'colors', ({ status }) =>
      Boolean(status && wanted(status)),
    );

  it('keep a pause that is over until they end, also before their time', async () => {
    live.cluster.api.create(ROLLOUTS, canary('colors'));
    await until(({ phase }) => phase === 'Healthy');
    source.holds = [{ name: 'Outage', from: 0, until: Date.now() + 3_600_000 }];
    const overdue = source.overdueTurn();
    live.cluster.api.patch(
      ROLLOUTS,
      'default',
      'colors',
      { spec: { template: { metadata: { annotations: { version: '2' } } } } },
      { type: 'merge' },
    );

    await overdue;
    const again = source.overdueTurn();
    source.tell();
    await again;
    const { status } = live.cluster.api.get(ROLLOUTS, 'default', 'colors');
    source.holds = [];
    source.tell();
    await until(({ phase }) => phase === 'Healthy');

    expect(status).toMatchObject({ currentStepIndex: 1, phase: 'Paused' });
    const held = said.filter(text =>
      text.includes('“Outage” holds promotions'),
    );
    expect(held).toHaveLength(1);
  });
});
