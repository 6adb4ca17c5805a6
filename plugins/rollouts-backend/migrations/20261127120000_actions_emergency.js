/**
 * Whether an action passed locks in an emergency.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('rollouts_actions', table => {
    table.boolean('emergency').notNullable().defaultTo(false);
  });
};

/** @param { import('knex').Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('rollouts_actions', table => {
    table.dropColumn('emergency');
  });
};
