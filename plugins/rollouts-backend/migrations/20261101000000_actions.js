/**
 * What people asked of rollouts, and what became of it. A row is written
 * before anything is changed; the idempotency key is unique, so that one
 * decision has one effect however many replicas it is sent to.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollouts_actions', table => {
    table.string('id', 64).primary();
    table.string('idempotency_key', 64).notNullable().unique();
    table.string('request_hash', 64).notNullable();
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('name', 253).notNullable();
    table.string('uid', 64).notNullable();
    table.string('action', 32).notNullable();
    table.string('principal', 512).notNullable();
    table.string('entity_ref', 512).notNullable();
    table.text('reason');
    // started, done or refused
    table.string('state', 16).notNullable();
    // JSON of the ActionResult or ActionRefusal
    table.text('outcome');
    // Milliseconds since the epoch
    table.bigInteger('started_at').notNullable();
    table.bigInteger('changed_at').notNullable().index();
  });
};

/** @param { import('knex').Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rollouts_actions');
};
