import { mockServices } from '@backstage/backend-test-utils';
import { ManualClock } from '@progressive-delivery/kube';
import {
  startPostgres,
  startSqlite,
  type TestDatabase,
} from '../../__testUtils__/testDatabases';
import { migrate } from '../../database/migrate';
import type { Notice } from '../notices/Notice';
import { NoticeStore } from './NoticeStore';
import { Notifier } from './Notifier';

jest.setTimeout(120_000);

const notice: Notice = {
  key: 'rolled-back/local/u1/green/1',
  topic: 'rolled-back',
  title: 'Rolled back: demo/colors',
  severity: 'high',
  scope: 'rollout/local/u1/green',
  link: '/catalog/default/component/colors/rollouts',
  recipients: ['group:default/palette'],
  except: [],
};

describe.each([
  ['SQLite', startSqlite],
  ['PostgreSQL', startPostgres],
])('notices on %s', (_, start) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await start();
    await migrate(database.knex);
  });
  afterAll(() => database?.stop());
  beforeEach(() => database.knex('rollouts_notices').delete());

  it('are sent once, though five replicas learn of them', async () => {
    const send = jest.fn(async () => {});
    const replicas = Array.from(
      { length: 5 },
      () =>
        new Notifier({
          service: { send },
          store: () => new NoticeStore(database.knex),
          clock: new ManualClock(),
          logger: mockServices.logger.mock(),
        }),
    );

    const told = await Promise.all(
      replicas.flatMap(replica => [replica.tell(notice), replica.tell(notice)]),
    );

    expect(send).toHaveBeenCalledTimes(1);
    // Nobody needs to try again what another replica has taken on.
    expect(told).toEqual(told.map(() => true));
    expect(send).toHaveBeenCalledWith({
      recipients: {
        type: 'entity',
        entityRef: ['group:default/palette'],
        excludeEntityRef: [],
      },
      payload: expect.objectContaining({
        topic: 'rolled-back',
        link: '/catalog/default/component/colors/rollouts',
      }),
    });
  });

  it('are forgotten after their time', async () => {
    const store = new NoticeStore(database.knex);
    await store.claim('a', 'one', 1_000);
    await store.claim('b', 'one', 3_000);
    await store.forget(2_000);
    expect(await store.claim('a', 'two', 4_000)).toBe(true);
    expect(await store.claim('b', 'two', 4_000)).toBe(false);
  });
});

describe('a notifier', () => {
  function notifier(
    send: () => Promise<void>,
    store = (): { claim(): Promise<boolean> } | undefined => ({
      claim: async () => true,
    }),
  ) {
    const clock = new ManualClock();
    const logger = mockServices.logger.mock();
    return {
      clock,
      logger,
      notifier: new Notifier({
        service: { send },
        store,
        clock,
        logger,
      }),
    };
  }
  const settle = () => new Promise(resolve => setImmediate(resolve));

  it('does not mind a portal without the notifications plugin', async () => {
    const send = jest.fn(async () => {
      throw Object.assign(new Error('Request failed with 404 Not Found'), {
        name: 'NotFoundError',
      });
    });
    const { notifier: one, logger, clock } = notifier(send);

    await one.tell(notice);
    await one.tell(notice);

    expect(send).toHaveBeenCalledTimes(1);
    expect(logger.info).toHaveBeenCalledTimes(1);
    expect(logger.error).not.toHaveBeenCalled();

    // It may have been installed since.
    clock.advance(10 * 60_000);
    await one.tell(notice);
    expect(send).toHaveBeenCalledTimes(2);
  });

  it('tries again, and then gives up with a word in the log', async () => {
    const send = jest.fn(async () => {
      throw new Error('Request failed with 503');
    });
    const { notifier: one, logger, clock } = notifier(send);

    const told = one.tell(notice);
    for (let turn = 0; turn < 10; turn++) {
      await settle();
      clock.advance(60_000);
    }
    await told;

    expect(send).toHaveBeenCalledTimes(4);
    expect(logger.error).toHaveBeenCalledWith(
      expect.stringContaining('Nobody was notified of "Rolled back'),
    );
  });

  it('says in the log whom a database that is away keeps from hearing of it', async () => {
    const send = jest.fn(async () => {});
    const { notifier: one, logger } = notifier(send, () => undefined);

    await one.tell(notice);

    expect(send).not.toHaveBeenCalled();
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringMatching(
        /Nobody was notified of "Rolled back.*database is not available/,
      ),
    );
  });

  it('takes nothing on any more once it is stopped: another replica may', async () => {
    const claim = jest.fn(async () => true);
    const { notifier: one } = notifier(
      async () => {},
      () => ({ claim }),
    );
    one.stop();
    await one.tell(notice);
    expect(claim).not.toHaveBeenCalled();
  });

  it('tells nobody what concerns nobody', async () => {
    const send = jest.fn(async () => {});
    await notifier(send).notifier.tell({ ...notice, recipients: [] });
    expect(send).not.toHaveBeenCalled();
  });
});
