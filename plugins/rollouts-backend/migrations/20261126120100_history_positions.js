/**
 * How far the history has read what others keep, such as the facts about
 * approvals, so that nothing is missed when a process dies.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollouts_history_positions', table => {
    table.string('source', 64).primary();
    table.bigInteger('position').notNullable();
  });
};

/** @param { import('knex').Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rollouts_history_positions');
};
