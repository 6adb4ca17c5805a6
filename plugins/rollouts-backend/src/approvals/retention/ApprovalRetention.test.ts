import { mockServices } from '@backstage/backend-test-utils';
import { newApproval } from '../../__testUtils__/approvals';
import {
  startSqlite,
  type TestDatabase,
} from '../../__testUtils__/testDatabases';
import { migrate } from '../../database/migrate';
import { ApprovalStore } from '../store/ApprovalStore';
import { ApprovalTransactions } from '../store/ApprovalTransactions';
import { REQUESTS } from '../store/rows';
import { ApprovalRetention } from './ApprovalRetention';

const DAY = 24 * 3_600_000;
const ENDED = Date.UTC(2026, 10, 1);

describe('requests for approval', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await startSqlite();
    await migrate(database.knex);
    const store = new ApprovalStore(
      new ApprovalTransactions(database.knex, {
        onFacts: () => {},
        now: async () => ENDED,
      }),
    );
    await store.create(newApproval());
    await store.end('r1', 'withdrawn', { by: 'user:default/ada' });
  });
  afterEach(() => database.stop());

  const removeAt = (
    now: number,
    keepMilliseconds: number | undefined,
    read?: number,
  ) =>
    new ApprovalRetention({
      keepMilliseconds,
      database: () => database.knex,
      read: async () => read,
      logger: mockServices.logger.mock(),
      now: async () => now,
    }).removeOld();
  const kept = async () => (await database.knex(REQUESTS)).length;

  it('go once they ended longer ago than releases are kept', async () => {
    await removeAt(ENDED + 90 * DAY, 90 * DAY);
    expect(await kept()).toBe(1);
    await removeAt(ENDED + 90 * DAY + 1, 90 * DAY);
    expect(await kept()).toBe(0);
  });

  it('stay where releases are kept for ever, or were not told of yet', async () => {
    await removeAt(ENDED + 9_999 * DAY, undefined);
    await removeAt(ENDED + 9_999 * DAY, DAY, 0);
    expect(await kept()).toBe(1);
  });

  it('are not passed over in silence while the database is away', async () => {
    const retention = new ApprovalRetention({
      keepMilliseconds: DAY,
      database: () => undefined,
      read: async () => undefined,
      logger: mockServices.logger.mock(),
    });
    await expect(retention.removeOld()).rejects.toThrow('not available');
  });
});
