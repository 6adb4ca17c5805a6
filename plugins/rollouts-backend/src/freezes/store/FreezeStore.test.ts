import {
  startPostgres,
  startSqlite,
  type TestDatabase,
} from '../../__testUtils__/testDatabases';
import { migrate } from '../../database/migrate';
import { FreezeStore } from './FreezeStore';

jest.setTimeout(120_000);

const definition = {
  name: 'Black Friday',
  reason: 'Peak sales',
  timeZone: 'Europe/Berlin',
  start: '2026-11-27T00:00',
  end: '2026-11-30T06:00',
};
const created = { by: 'user:default/ada', at: 1_760_000_000_000 };

describe.each([
  ['SQLite', startSqlite],
  ['PostgreSQL', startPostgres],
])('FreezeStore on %s', (_, start) => {
  let database: TestDatabase;
  let store: FreezeStore;

  beforeAll(async () => {
    database = await start();
    await migrate(database.knex);
    store = new FreezeStore(database.knex);
  });
  afterAll(() => database?.stop());
  beforeEach(() => database.knex('rollouts_freezes').delete());

  it('makes one window of many with the same key', async () => {
    const made = await Promise.all(
      ['a', 'b', 'c', 'd'].map(id =>
        store.create({ id, definition, created }, 'one-key'),
      ),
    );
    const ids = made.map(({ id }) => id);
    expect(new Set(ids).size).toBe(1);
    await expect(store.list(0)).resolves.toEqual([
      { id: ids[0], definition, created, ended: undefined },
    ]);
  });

  it('lets exactly one of many end it', async () => {
    await store.create({ id: 'a', definition, created }, 'key');
    const ends = await Promise.all(
      ['grace', 'ada', 'linus'].map(by =>
        store.end('a', { by, at: 1_760_000_001_000, reason: 'over' }),
      ),
    );
    expect(ends.filter(Boolean)).toHaveLength(1);
    await expect(store.list(0)).resolves.toMatchObject([
      { ended: { at: 1_760_000_001_000, reason: 'over' } },
    ]);
  });

  it('leaves out what was ended long ago', async () => {
    await store.create({ id: 'a', definition, created }, 'a');
    await store.create({ id: 'b', definition, created }, 'b');
    await store.end('a', { by: 'ada', at: 1_000 });
    const ids = (await store.list(2_000)).map(({ id }) => id);
    expect(ids).toEqual(['b']);
  });

  it('does not end what is not there', async () => {
    await expect(store.end('x', { by: 'ada', at: 1 })).resolves.toBe(false);
  });
});
