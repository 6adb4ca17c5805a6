/**
 * Whether anybody saw a release end. Where nobody did, its end is the time at
 * which somebody looked again, and nothing can be measured by it.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('rollouts_history_releases', table => {
    table.boolean('end_observed').notNullable().defaultTo(true);
  });
  await knex('rollouts_history_releases')
    .whereIn(
      'id',
      knex('rollouts_history_entries')
        .select('release_id')
        .where({ kind: 'release-ended' })
        .where('data', 'like', '%"observed":false%'),
    )
    .update({ end_observed: false });
};

/** @param { import('knex').Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('rollouts_history_releases', table => {
    table.dropColumn('end_observed');
  });
};
