import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import type { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import { ManualClock } from '@progressive-delivery/kube';
import { canary } from '../__testUtils__/rollouts';
import { startSqlite, type TestDatabase } from '../__testUtils__/testDatabases';
import { migrate } from '../database/migrate';
import { createNotifications } from './createNotifications';

describe('a rollout that has finished', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startSqlite();
    await migrate(database.knex);
  });
  afterAll(() => database?.stop());
  beforeEach(() => database.knex('rollouts_notices').delete());

  /** `sent`: the first notification. `asked`: whether one was to be put on record. */
  function finish(topics?: string[]) {
    let onSend: (notification: NotificationSendOptions) => void;
    const sent = new Promise<NotificationSendOptions>(resolve => {
      onSend = resolve;
    });
    let asked = false;
    const clock = new ManualClock();
    const notifications = createNotifications({
      config: new ConfigReader(
        topics ? { rollouts: { notifications: { topics } } } : {},
      ),
      service: {
        send: async notification => {
          onSend(notification);
        },
      },
      database: () => {
        asked = true;
        return database.knex;
      },
      subject: (cluster, rollout) => ({
        cluster,
        rollout,
        entities: [
          ['colors', 'palette'],
          ['shop', 'harbor'],
          ['paint', 'palette'],
        ].map(([entity, owner]) => ({
          entityRef: `component:default/${entity}`,
          ownerRefs: [`group:default/${owner}`],
        })),
      }),
      ownersOf: () => [],
      sentenceOf: key => `All of ${key} has it.`,
      isFrozen: () => false,
      isFresh: () => true,
      clock,
      logger: mockServices.logger.mock(),
    });
    notifications.rolloutChanged('local', canary(), false);
    notifications.rolloutChanged(
      'local',
      canary({ status: { stableRS: 'green', phase: 'Healthy' } }),
      false,
    );
    return { sent, asked, notifications, clock };
  }

  it('is told to the owners of all of its entities, each once', async () => {
    await expect(finish().sent).resolves.toMatchObject({
      recipients: {
        entityRef: ['group:default/palette', 'group:default/harbor'],
      },
      payload: {
        topic: 'finished',
        description: 'All of local/demo/colors has it.',
        link: expect.stringContaining('/component/colors/'),
      },
    });
  });

  it('is known to be told for half a year', async () => {
    const { sent, notifications, clock } = finish();
    await sent;
    const day = 24 * 60 * 60_000;
    await database.knex('rollouts_notices').delete();
    await database.knex('rollouts_notices').insert(
      [179, 181].map(days => ({
        id: `${days} days ago`,
        claimant: 'one',
        at: clock.now() - days * day,
      })),
    );

    await notifications.removeOld();

    await expect(
      database.knex('rollouts_notices').pluck('id'),
    ).resolves.toEqual(['179 days ago']);
  });

  it('is told where the operator lists the topic, and else not', async () => {
    const { sent } = finish(['finished']);
    await expect(sent).resolves.toMatchObject({
      payload: { topic: 'finished' },
    });
    expect(finish(['stuck', 'rolled-back']).asked).toBe(false);
  });
});
