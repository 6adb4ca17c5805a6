import type { Knex } from 'knex';
import { isPostgres } from './isPostgres';

/**
 * That a column's text is one of these. However many they are, they are one
 * parameter: databases take only so many in one statement (SQLite 32 766,
 * PostgreSQL 65 535).
 */
export function isOneOf(
  knex: Knex,
  column: string,
  values: Iterable<string>,
): Knex.Raw {
  return isPostgres(knex)
    ? knex.raw('?? = ANY(?::text[])', [column, [...values]])
    : knex.raw('?? IN (SELECT value FROM json_each(?))', [
        column,
        JSON.stringify([...values]),
      ]);
}
