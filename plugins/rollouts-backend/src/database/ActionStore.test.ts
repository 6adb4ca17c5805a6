import {
  startPostgres,
  startSqlite,
  type TestDatabase,
} from '../__testUtils__/testDatabases';
import type { ActionIntent } from './ActionRecord';
import { ActionStore } from './ActionStore';
import { migrate } from './migrate';

jest.setTimeout(120_000);

const intent = (change: Partial<ActionIntent> = {}): ActionIntent => ({
  id: 'a',
  idempotencyKey: 'key',
  requestHash: 'hash',
  ref: { cluster: 'local', namespace: 'demo', name: 'colors' },
  uid: 'u1',
  action: 'promote',
  principal: 'user:default/ada',
  entityRef: 'component:default/colors',
  startedAt: 1_760_000_000_000,
  ...change,
});
const outcome = {
  refusal: { code: 'moved-on' as const, message: 'It has moved on.' },
};

describe.each([
  ['SQLite', startSqlite],
  ['PostgreSQL', startPostgres],
])('ActionStore on %s', (_, start) => {
  let database: TestDatabase;
  let store: ActionStore;

  beforeAll(async () => {
    database = await start();
    await migrate(database.knex);
    store = new ActionStore(database.knex);
  });
  afterAll(() => database?.stop());
  beforeEach(() => database.knex('rollouts_actions').delete());

  it('lets exactly one of many with the same key begin', async () => {
    const answers = await Promise.all(
      ['a', 'b', 'c', 'd'].map(id => store.begin(intent({ id }))),
    );
    const begun = answers.filter(answer => answer === undefined);
    const others = new Set(answers.flatMap(answer => answer?.id ?? []));
    expect(begun).toHaveLength(1);
    expect(others.size).toBe(1);
  });

  it('remembers what became of it', async () => {
    await store.begin(intent({ reason: 'looks good', emergency: true }));
    await store.finish('a', outcome, 1_760_000_000_500);
    await expect(store.begin(intent({ id: 'b' }))).resolves.toEqual({
      ...intent({ reason: 'looks good', emergency: true }),
      outcome,
      changedAt: 1_760_000_000_500,
    });
  });

  it('lets one take over what was never finished', async () => {
    await store.begin(intent());
    const found = await store.begin(intent({ id: 'b' }));
    if (!found) {
      throw new Error('the first intent is gone');
    }
    const later = intent().startedAt + 90_000;
    const taken = [
      await store.takeOver(found, later),
      await store.takeOver(found, later),
    ];
    expect(taken).toEqual([true, false]);
  });

  it('tells what was finished, oldest first', async () => {
    for (const id of ['a', 'b', 'c']) {
      await store.begin(intent({ id, idempotencyKey: id }));
    }
    await store.finish('b', outcome, 1_760_000_001_000);
    await store.finish('a', outcome, 1_760_000_002_000);
    const ids = async (since: number) =>
      (await store.finishedSince(since, 10)).map(({ id }) => id);
    await expect(ids(0)).resolves.toEqual(['b', 'a']);
    await expect(ids(1_760_000_001_500)).resolves.toEqual(['a']);
  });
});
