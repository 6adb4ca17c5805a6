import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import knex from 'knex';

/**
 * Frees what a backend that was ended in the middle of its migrations has left
 * locked; the next one would refuse to start for ever. Only for whoever holds
 * the state directory: nobody else can be migrating.
 *
 * Each SQLite migration is a transaction, so what was cut off left nothing else.
 *
 * @returns how many locks there were
 */
export async function freeMigrationLocks(directory: string): Promise<number> {
  if (!existsSync(directory)) {
    return 0;
  }
  let freed = 0;
  for (const name of readdirSync(directory)) {
    if (name.endsWith('.sqlite')) {
      freed += await freeLocksOf(join(directory, name));
    }
  }
  return freed;
}

async function freeLocksOf(filename: string): Promise<number> {
  const database = knex({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
  });
  try {
    const tables = await database('sqlite_master')
      .where({ type: 'table' })
      .pluck<string[]>('name');
    let freed = 0;
    // Backstage's plugins name theirs as they like; knex appends "_lock".
    for (const table of tables.filter(name => /migrations_lock$/.test(name))) {
      freed += await database(table)
        .where({ is_locked: 1 })
        .update({ is_locked: 0 });
    }
    return freed;
  } finally {
    await database.destroy();
  }
}
