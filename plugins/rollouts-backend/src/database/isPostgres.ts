import type { Knex } from 'knex';

/** Else it is SQLite: the two that the portal keeps its data in. */
export function isPostgres(knex: Knex): boolean {
  return knex.client.config.client === 'pg';
}
