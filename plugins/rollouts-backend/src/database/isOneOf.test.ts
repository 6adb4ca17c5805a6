import {
  startPostgres,
  startSqlite,
  type TestDatabase,
} from '../__testUtils__/testDatabases';
import { isOneOf } from './isOneOf';

// A PostgreSQL server of its own takes seconds to start.
jest.setTimeout(120_000);

describe.each([
  ['SQLite', startSqlite],
  ['PostgreSQL', startPostgres],
])('a set of values in %s', (_, startDatabase) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await startDatabase();
    await database.knex.schema.createTable('names', table => {
      table.string('name');
    });
    await database
      .knex('names')
      .insert([{ name: 'a "b", {c}' }, { name: 'd' }, { name: 'e' }]);
  });
  afterAll(() => database?.stop());

  const found = async (values: Iterable<string>) => {
    const { knex } = database;
    const rows = await knex('names')
      .where(isOneOf(knex, 'name', values))
      .orderBy('name');
    return rows.map(({ name }) => name);
  };

  it('has those that are there, whatever they are made of, and may be empty', async () => {
    await expect(found(new Set(['d', 'a "b", {c}']))).resolves.toEqual([
      'a "b", {c}',
      'd',
    ]);
    await expect(found([])).resolves.toEqual([]);
  });

  it('can be larger than the number of parameters that a statement takes', async () => {
    const many = Array.from({ length: 70_000 }, (__, at) => `name-${at}`);
    await expect(found([...many, 'e'])).resolves.toEqual(['e']);
  });
});
