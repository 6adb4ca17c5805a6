/**
 * Which notifications have been taken on, so that of several replicas one
 * sends each of them, once.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollouts_notices', table => {
    // SHA-256 of what it is about
    table.string('id', 64).primary();
    table.string('claimant', 64).notNullable();
    // Milliseconds since the epoch
    table.bigInteger('at').notNullable().index();
  });
};

/** @param { import('knex').Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rollouts_notices');
};
