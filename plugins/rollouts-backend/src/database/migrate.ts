import {
  resolvePackagePath,
  type DatabaseService,
} from '@backstage/backend-plugin-api';
import type { Knex } from 'knex';

const PACKAGE = '@progressive-delivery/backstage-plugin-rollouts-backend';

/** The plugin's database, with its tables as this version needs them. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const client = await database.getClient();
  if (!database.migrations?.skip) {
    await migrate(client);
  }
  return client;
}

export async function migrate(client: Knex): Promise<void> {
  await client.migrate.latest({
    directory: resolvePackagePath(PACKAGE, 'migrations'),
  });
}
