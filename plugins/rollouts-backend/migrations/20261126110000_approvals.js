/**
 * Requests for approval and what people said to them.
 *
 * What must not happen even in a race is kept out by constraints:
 * - a second request for the same: `open_key` is unique, and NULL once ended;
 * - a second vote, and the vote of who may not: `rollouts_approval_people` has
 *   one row per person and request. Whoever asked or made the change has theirs
 *   from the beginning, so that there is no room for a vote, and so has the one
 *   on whose behalf a delegate votes;
 * - a second execution: `rollouts_approval_executions` has one row per request.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollouts_approval_requests', table => {
    table.string('id', 64).primary();
    table.string('idempotency_key', 64).notNullable().unique();
    table.string('request_hash', 64).notNullable();
    // Of everything that it is bound to; while it can have an effect
    table.string('open_key', 64).unique();
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('name', 253).notNullable();
    table.string('uid', 128).notNullable();
    table.bigInteger('generation').notNullable();
    table.string('pod_hash', 63);
    table.integer('step_index');
    table.string('action', 32).notNullable();
    table.string('label', 253).notNullable();
    // JSON of the ActionDetails, and a hash of it
    table.text('details').notNullable();
    table.string('details_hash', 64).notNullable();
    table.string('entity_ref', 512).notNullable();
    // JSON lists of refs
    table.text('owner_refs').notNullable();
    table.text('authors').notNullable();
    // JSON of the PolicySnapshots
    table.text('policies').notNullable();
    // JSON of the ApprovalSnapshot
    table.text('snapshot').notNullable();
    table.string('requested_by', 512).notNullable();
    table.text('reason');
    // pending, approved, executing, executed, rejected, withdrawn, voided, expired
    table.string('state', 16).notNullable();
    table.text('state_reason');
    // Counts changes; the first write of a change takes the row's lock
    table.integer('version').notNullable().defaultTo(1);
    // Milliseconds since the epoch, by the database's clock
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.bigInteger('ended_at');
    table.index(['uid', 'created_at']);
    table.index(['entity_ref', 'created_at']);
    table.index(['state', 'expires_at']);
  });
  await knex.schema.createTable('rollouts_approval_people', table => {
    table
      .string('request_id', 64)
      .notNullable()
      .references('id')
      .inTable('rollouts_approval_requests');
    table.string('person', 512).notNullable();
    // requester, author, represented, approve or reject
    table.string('role', 16).notNullable();
    // JSON list: the approvers of the policies that the person counts as
    table.text('counts_as').notNullable();
    table.text('reason');
    table.string('on_behalf_of', 512);
    table.bigInteger('at').notNullable();
    table.primary(['request_id', 'person']);
  });
  await knex.schema.createTable('rollouts_approval_comments', table => {
    table.string('id', 64).primary();
    table
      .string('request_id', 64)
      .notNullable()
      .references('id')
      .inTable('rollouts_approval_requests')
      .index();
    table.string('person', 512).notNullable();
    table.text('comment').notNullable();
    table.bigInteger('at').notNullable();
  });
  await knex.schema.createTable('rollouts_approval_executions', table => {
    table
      .string('request_id', 64)
      .primary()
      .references('id')
      .inTable('rollouts_approval_requests');
    table.string('action_id', 64).notNullable().unique();
    table.string('person', 512).notNullable();
    table.bigInteger('claimed_at').notNullable();
    table.bigInteger('finished_at');
    table.text('message');
  });
  await knex.schema.createTable('rollouts_approval_facts', table => {
    table.bigInteger('sequence').primary();
    table.string('request_id', 64).index();
    table.string('kind', 16).notNullable();
    // JSON of the ApprovalFact
    table.text('fact').notNullable();
    table.bigInteger('at').notNullable();
  });
  // One row: who writes a fact holds its lock, so that facts become visible
  // in the order of their sequence.
  await knex.schema.createTable('rollouts_approval_sequence', table => {
    table.integer('id').primary();
    table.bigInteger('value').notNullable();
  });
  await knex('rollouts_approval_sequence').insert({ id: 1, value: 0 });
};

/** @param { import('knex').Knex } knex */
exports.down = async function down(knex) {
  await knex.schema.dropTable('rollouts_approval_sequence');
  await knex.schema.dropTable('rollouts_approval_facts');
  await knex.schema.dropTable('rollouts_approval_executions');
  await knex.schema.dropTable('rollouts_approval_comments');
  await knex.schema.dropTable('rollouts_approval_people');
  await knex.schema.dropTable('rollouts_approval_requests');
};
