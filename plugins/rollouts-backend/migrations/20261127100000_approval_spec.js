/**
 * What a request is bound to of the manifest: a hash of the spec without its
 * replicas, so that an autoscaler, which raises the generation too, voids
 * nothing. NULL for requests from before; those are bound to the generation.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('rollouts_approval_requests', table => {
    table.string('spec_hash', 64);
  });
};

/** @param { import('knex').Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.alterTable('rollouts_approval_requests', table => {
    table.dropColumn('spec_hash');
  });
};
