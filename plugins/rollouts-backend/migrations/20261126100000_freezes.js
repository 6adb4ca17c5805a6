/**
 * Freeze windows that people made in the portal; those of the configuration
 * are not here. A row is never deleted: one that was ended says by whom.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollouts_freezes', table => {
    table.string('id', 64).primary();
    table.string('idempotency_key', 64).notNullable().unique();
    // JSON of the FreezeDefinition
    table.text('definition').notNullable();
    table.string('created_by', 512).notNullable();
    // Milliseconds since the epoch
    table.bigInteger('created_at').notNullable();
    table.string('ended_by', 512);
    table.bigInteger('ended_at').index();
    table.text('end_reason');
  });
};

/** @param { import('knex').Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rollouts_freezes');
};
