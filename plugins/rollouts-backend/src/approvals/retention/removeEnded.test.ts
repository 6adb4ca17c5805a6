import { newApproval, PALETTE } from '../../__testUtils__/approvals';
import {
  startPostgres,
  startSqlite,
  type TestDatabase,
} from '../../__testUtils__/testDatabases';
import { migrate } from '../../database/migrate';
import { isApproved } from '../ApprovalVotes';
import { ApprovalStore } from '../store/ApprovalStore';
import { ApprovalTransactions } from '../store/ApprovalTransactions';
import { COMMENTS, EXECUTIONS, FACTS, PEOPLE, REQUESTS } from '../store/rows';
import { removeEnded } from './removeEnded';

jest.setTimeout(240_000);

const DAY = 24 * 3_600_000;
const NOW = Date.UTC(2026, 10, 1);

describe.each([
  ['SQLite', startSqlite],
  ['PostgreSQL', startPostgres],
])('the retention of approvals on %s', (_, start) => {
  let database: TestDatabase;
  let store: ApprovalStore;
  let now: number;

  beforeAll(async () => {
    database = await start();
    await migrate(database.knex);
  });
  afterAll(() => database?.stop());
  beforeEach(async () => {
    for (const table of [FACTS, EXECUTIONS, COMMENTS, PEOPLE, REQUESTS]) {
      await database.knex(table).delete();
    }
    now = NOW;
    store = new ApprovalStore(
      new ApprovalTransactions(database.knex, {
        onFacts: () => {},
        now: async () => now,
      }),
    );
  });

  const ask = (id: string) =>
    store.create(
      newApproval({
        id,
        idempotencyKey: `key-${id}`,
        bound: { uid: id, generation: 3 },
        validityMilliseconds: 30 * DAY,
      }),
    );
  const answer = (id: string, decision: 'approve' | 'reject', name: string) =>
    store.vote(
      id,
      { person: `user:default/${name}`, decision, countsAs: [PALETTE] },
      isApproved,
    );
  const kept = async () =>
    (await database.knex(REQUESTS).orderBy('id')).map(({ id }) => id);
  const idsIn = async (table: string) => [
    ...new Set((await database.knex(table)).map(row => row.request_id)),
  ];

  it('removes what ended before, whole, and nothing that ended later', async () => {
    await ask('old');
    await store.comment('old', {
      id: 'c1',
      person: 'user:default/ben',
      text: 'Why now?',
    });
    await answer('old', 'approve', 'ben');
    await answer('old', 'approve', 'cleo');
    await store.claims.claim('old', 'action', 'user:default/ben');
    await store.claims.settle('action', { done: true, message: 'Done.' });
    await ask('recent');
    now += DAY;
    await store.end('recent', 'withdrawn', { by: 'user:default/ada' });

    // The very moment of the end is not before it.
    expect(await removeEnded(database.knex, NOW)).toMatchObject({
      requests: 0,
    });
    expect(await removeEnded(database.knex, NOW + DAY)).toEqual({
      requests: 1,
      facts: 6,
    });

    expect(await kept()).toEqual(['recent']);
    for (const table of [FACTS, PEOPLE]) {
      expect(await idsIn(table)).toEqual(['recent']);
    }
    for (const table of [COMMENTS, EXECUTIONS]) {
      expect(await idsIn(table)).toEqual([]);
    }
  });

  it('never removes one that can still have an effect, however old', async () => {
    await ask('pending');
    await ask('approved');
    await ask('executing');
    for (const id of ['approved', 'executing']) {
      await answer(id, 'approve', 'ben');
      await answer(id, 'approve', 'cleo');
    }
    await store.claims.claim('executing', 'action', 'user:default/ben');
    // Whatever else the row says.
    await database.knex(REQUESTS).update({ ended_at: NOW });

    await removeEnded(database.knex, NOW + 9_999 * DAY);

    expect(await kept()).toEqual(['approved', 'executing', 'pending']);
    expect((await idsIn(FACTS)).sort()).toEqual([
      'approved',
      'executing',
      'pending',
    ]);
  });

  it('removes what is about no request by its own time', async () => {
    const record = () =>
      store.record(at => ({
        kind: 'emergency',
        ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
        uid: 'u1',
        entityRef: 'component:default/colors',
        action: 'promote',
        details: {},
        at,
        by: 'user:default/ada',
        actionId: `a${at}`,
        reason: 'everything is down',
        policies: [],
      }));
    await record();
    now += DAY;
    await record();
    expect(await removeEnded(database.knex, NOW + DAY)).toEqual({
      requests: 0,
      facts: 1,
    });
    expect(await database.knex(FACTS)).toMatchObject([{ kind: 'emergency' }]);
  });

  it('leaves what the history has not read yet', async () => {
    await ask('first');
    await store.end('first', 'voided', { reason: 'It was deleted.' });
    const last = await database.knex(FACTS).max({ read: 'sequence' }).first();
    await ask('second');
    await store.end('second', 'voided', { reason: 'It was deleted.' });

    await removeEnded(database.knex, NOW + DAY, Number(last?.read));
    expect(await kept()).toEqual(['second']);
    await removeEnded(database.knex, NOW + DAY);
    expect(await kept()).toEqual([]);
  });
});
