/**
 * The history of releases. `rollouts_history_entries` is append-only and
 * hash-chained by stream, which is one Rollout object: the database itself
 * refuses to change an entry, and to remove one that retention has not
 * recorded in `rollouts_history_anchors` first. The other tables are read
 * models, made from the entries.
 *
 * @param { import('knex').Knex } knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('rollouts_history_entries', table => {
    // cluster/uid
    table.string('stream', 320).notNullable();
    table.integer('seq').notNullable();
    table.string('release_id', 64).index();
    table.string('kind', 32).notNullable();
    // What happened, so that it is written once however many saw it
    table.string('fact_key', 255).notNullable();
    // Milliseconds since the epoch: when it happened, when it was written
    table.bigInteger('at').notNullable();
    table.bigInteger('recorded_at').notNullable();
    table.text('data', 'mediumtext').notNullable();
    table.string('previous_hash', 64).notNullable();
    table.string('hash', 64).notNullable();
    table.primary(['stream', 'seq']);
    table.unique(['stream', 'fact_key']);
  });
  // Where retention has cut a chain: entries up to `seq` are gone
  await knex.schema.createTable('rollouts_history_anchors', table => {
    table.string('stream', 320).notNullable();
    table.integer('seq').notNullable();
    table.string('hash', 64).notNullable();
    table.bigInteger('removed_at').notNullable();
    table.primary(['stream', 'seq']);
  });
  // The end of each chain, and what the recorder last knew of the object
  await knex.schema.createTable('rollouts_history_streams', table => {
    table.string('stream', 320).primary();
    table.string('cluster', 253).notNullable().index();
    table.integer('seq').notNullable();
    table.string('hash', 64).notNullable();
    // Whether the object is there still
    table.boolean('present').notNullable();
    table.text('state').notNullable();
  });
  await knex.schema.createTable('rollouts_history_releases', table => {
    table.string('id', 64).primary();
    table.string('stream', 320).notNullable();
    table.string('cluster', 253).notNullable();
    table.string('namespace', 63).notNullable();
    table.string('name', 253).notNullable();
    table.string('uid', 64).notNullable().index();
    table.string('outcome', 16).notNullable();
    // Milliseconds since the epoch
    table.bigInteger('sorted_at').notNullable();
    table.bigInteger('started_at');
    table.bigInteger('ended_at').index();
    table.bigInteger('restored_at');
    table.bigInteger('committed_at');
    table.bigInteger('rolled_back_at');
    table.integer('first_seq').notNullable();
    table.integer('last_seq').notNullable();
    table.text('summary').notNullable();
    table.index(['stream', 'sorted_at']);
    table.index(['sorted_at', 'id']);
    table.index(['cluster', 'namespace', 'name']);
  });
  for (const [table, column, length] of [
    ['rollouts_history_images', 'image', 512],
    ['rollouts_history_people', 'person', 512],
    ['rollouts_history_entities', 'entity_ref', 512],
  ]) {
    await knex.schema.createTable(table, builder => {
      builder.string('release_id', 64).notNullable();
      builder.string(column, length).notNullable();
      builder.primary(['release_id', column]);
      builder.index([column]);
    });
  }
  // When each replica last watched each cluster, so that gaps are known
  await knex.schema.createTable('rollouts_history_watches', table => {
    table.string('cluster', 253).notNullable();
    table.string('replica', 64).notNullable();
    table.bigInteger('seen_at').notNullable();
    // Whether the replica has said that it stops watching
    table.boolean('stopped').notNullable();
    table.primary(['cluster', 'replica']);
  });
  await (knex.client.config.client === 'pg' ? postgresGuards : sqliteGuards)(
    knex,
  );
};

async function postgresGuards(knex) {
  await knex.raw(`
    CREATE FUNCTION rollouts_history_refuse() RETURNS trigger AS $$
    BEGIN
      RAISE EXCEPTION 'the history is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
    END $$ LANGUAGE plpgsql`);
  await knex.raw(`
    CREATE FUNCTION rollouts_history_refuse_delete() RETURNS trigger AS $$
    BEGIN
      IF NOT EXISTS (SELECT 1 FROM rollouts_history_anchors a
          WHERE a.stream = OLD.stream AND a.seq >= OLD.seq) THEN
        RAISE EXCEPTION 'the history is append-only: only retention removes entries, with an anchor';
      END IF;
      RETURN OLD;
    END $$ LANGUAGE plpgsql`);
  await knex.raw(`
    CREATE TRIGGER rollouts_history_entries_delete
      BEFORE DELETE ON rollouts_history_entries
      FOR EACH ROW EXECUTE FUNCTION rollouts_history_refuse_delete()`);
  for (const [name, events, table] of [
    ['entries_update', 'UPDATE', 'entries'],
    ['anchors_change', 'UPDATE OR DELETE', 'anchors'],
  ]) {
    await knex.raw(`
      CREATE TRIGGER rollouts_history_${name}
        BEFORE ${events} ON rollouts_history_${table}
        FOR EACH ROW EXECUTE FUNCTION rollouts_history_refuse()`);
  }
  for (const table of ['entries', 'anchors']) {
    await knex.raw(`
      CREATE TRIGGER rollouts_history_${table}_truncate
        BEFORE TRUNCATE ON rollouts_history_${table}
        FOR EACH STATEMENT EXECUTE FUNCTION rollouts_history_refuse()`);
  }
}

async function sqliteGuards(knex) {
  await knex.raw(`
    CREATE TRIGGER rollouts_history_entries_delete
    BEFORE DELETE ON rollouts_history_entries
    WHEN NOT EXISTS (SELECT 1 FROM rollouts_history_anchors a
      WHERE a.stream = OLD.stream AND a.seq >= OLD.seq)
    BEGIN
      SELECT RAISE(ABORT, 'the history is append-only: only retention removes entries, with an anchor');
    END`);
  for (const [event, table] of [
    ['UPDATE', 'entries'],
    ['UPDATE', 'anchors'],
    ['DELETE', 'anchors'],
  ]) {
    await knex.raw(`
      CREATE TRIGGER rollouts_history_${table}_${event.toLowerCase()}
      BEFORE ${event} ON rollouts_history_${table}
      BEGIN
        SELECT RAISE(ABORT, 'the history is append-only: ${event} on rollouts_history_${table} is refused');
      END`);
  }
}

/** @param { import('knex').Knex } knex */
exports.down = async function down(knex) {
  for (const table of [
    'watches',
    'entities',
    'people',
    'images',
    'releases',
    'streams',
    'entries',
    'anchors',
  ]) {
    await knex.schema.dropTable(`rollouts_history_${table}`);
  }
  if (knex.client.config.client === 'pg') {
    await knex.raw('DROP FUNCTION rollouts_history_refuse_delete');
    await knex.raw('DROP FUNCTION rollouts_history_refuse');
  }
};
