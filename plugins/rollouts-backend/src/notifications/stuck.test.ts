import { mockServices } from '@backstage/backend-test-utils';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { ManualClock } from '@progressive-delivery/kube';
import { PALETTE } from '../__testUtils__/approvals';
import { canary } from '../__testUtils__/rollouts';
import { startSqlite, type TestDatabase } from '../__testUtils__/testDatabases';
import { migrate } from '../database/migrate';
import { createNotifications } from './createNotifications';

const MINUTE = 60_000;

describe('what stands still for longer than is expected', () => {
  let database: TestDatabase;
  let stop: (() => Promise<void>) | undefined;

  beforeEach(async () => {
    database = await startSqlite();
    await migrate(database.knex);
  });
  afterEach(async () => {
    await stop?.();
    await database.stop();
  });

  /** Two replicas that see a canary come to its pause now. */
  function start(
    state: { frozen?: boolean; fresh?: boolean } = {},
    spec: Partial<Rollout['spec']> = {},
  ) {
    const clock = new ManualClock();
    const sent: NotificationSendOptions[] = [];
    const entity = {
      entityRef: 'component:default/colors',
      ownerRefs: [PALETTE],
    };
    const replicas = [1, 2].map(() =>
      createNotifications({
        config: mockServices.rootConfig({
          data: { rollouts: { notifications: { stuckAfter: 'PT30M' } } },
        }),
        service: {
          send: async notification => {
            sent.push(notification);
          },
        },
        database: () => database.knex,
        subject: (cluster, rollout) => ({
          cluster,
          rollout,
          entities: [entity],
        }),
        ownersOf: () => [PALETTE],
        sentenceOf: () => 'Waiting for someone to promote.',
        isFrozen: () => state.frozen ?? false,
        isFresh: () => state.fresh ?? true,
        clock,
        logger: mockServices.logger.mock(),
      }),
    );
    const startTime = new Date(clock.now()).toISOString();
    const rollout = canary({
      metadata: { uid: 'u1' },
      spec,
      status: { pauseConditions: [{ reason: 'CanaryPauseStep', startTime }] },
    });
    replicas.forEach(replica => {
      replica.rolloutChanged('local', rollout, false);
      replica.start();
    });
    stop = async () => {
      await Promise.all(replicas.map(replica => replica.stop()));
    };
    const pass = async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute++) {
        await settled();
        clock.advance(MINUTE);
      }
      await settled();
    };
    return { sent, pass, replicas, state };
  }

  /** Until the database has answered whatever was asked of it. */
  async function settled(): Promise<void> {
    for (let turn = 0; turn < 5; turn++) {
      await database.knex.raw('select 1');
    }
  }

  it('is told to the owners, once, whichever replica sees it', async () => {
    const { sent, pass } = start();
    await pass(29);
    expect(sent).toEqual([]);
    await pass(10);
    expect(sent).toMatchObject([
      {
        recipients: { entityRef: [PALETTE] },
        payload: {
          topic: 'stuck',
          title: 'Waiting for somebody for 30 min: demo/colors',
          link: expect.stringContaining('local%2Fdemo%2Fcolors'),
        },
      },
    ]);
  });

  it('is expected while a freeze lasts, and told once it is over', async () => {
    const { sent, pass, state } = start({ frozen: true });
    await pass(40);
    expect(sent).toEqual([]);
    state.frozen = false;
    await pass(2);
    expect(sent).toHaveLength(1);
  });

  it('is not known of a cluster that does not answer, nor of one that is gone', async () => {
    const { sent, pass, replicas, state } = start({ fresh: false });
    await pass(40);
    state.fresh = true;
    replicas.forEach(replica => replica.clusterRemoved('local'));
    await pass(2);
    expect(sent).toEqual([]);
  });

  it('is nobody’s business when a person has paused it', async () => {
    const { sent, pass } = start({}, { paused: true });
    await pass(40);
    expect(sent).toEqual([]);
  });
});
