import type { Knex } from 'knex';
import { isPostgres } from '../../database/isPostgres';

/**
 * The database's clock, in milliseconds since the epoch. All replicas share
 * it, so that one whose own clock is wrong neither lengthens nor shortens the
 * life of an approval.
 */
export async function databaseNow(knex: Knex): Promise<number> {
  const onPostgres = isPostgres(knex);
  const answer = await knex.raw(
    onPostgres
      ? 'select floor(extract(epoch from clock_timestamp()) * 1000)::bigint as now'
      : "select cast((julianday('now') - 2440587.5) * 86400000 as integer) as now",
  );
  const [row] = onPostgres ? answer.rows : answer;
  return Number(row.now);
}
