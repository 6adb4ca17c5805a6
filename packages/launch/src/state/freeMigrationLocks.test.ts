import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knex, { type Knex } from 'knex';
import { freeMigrationLocks } from './freeMigrationLocks';

const source: Knex.MigrationSource<string> = {
  getMigrations: async () => ['only'],
  getMigrationName: name => name,
  getMigration: async () => ({
    up: database =>
      database.schema.createTable('things', table => table.string('name')),
    down: database => database.schema.dropTable('things'),
  }),
};

describe('freeMigrationLocks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'locks-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const open = () =>
    knex({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'catalog.sqlite') },
      useNullAsDefault: true,
      // Knex prints that it is locked, which is what is asked for here.
      log: { warn: () => {} },
    });

  it('lets the next start migrate after one that was ended while it did', async () => {
    const migration = { migrationSource: source, tableName: 'own_migrations' };
    const cutOff = open();
    await cutOff.migrate.currentVersion(migration);
    await cutOff('own_migrations_lock').update({ is_locked: 1 });
    await expect(cutOff.migrate.latest(migration)).rejects.toThrow(
      'Migration table is already locked',
    );
    await cutOff.destroy();
    writeFileSync(join(folder, 'notes.txt'), 'no database');

    expect(await freeMigrationLocks(folder)).toBe(1);

    const next = open();
    await expect(next.migrate.latest(migration)).resolves.toEqual([
      1,
      ['only'],
    ]);
    await next.destroy();
    expect(await freeMigrationLocks(folder)).toBe(0);
  });

  it('has nothing to do before the first start', async () => {
    expect(await freeMigrationLocks(join(folder, 'none'))).toBe(0);
  });
});
