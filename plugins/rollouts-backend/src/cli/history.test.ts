import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import knexFactory, { type Knex } from 'knex';
import { migrate } from '../database/migrate';
import { HistoryStore } from '../history/store/HistoryStore';

jest.setTimeout(60_000);

const ROOT = resolve(__dirname, '../../../..');

describe('yarn history verify', () => {
  let directory: string;
  let knex: Knex;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'rollouts-history-'));
    await writeFile(
      join(directory, 'app-config.yaml'),
      JSON.stringify({
        backend: {
          database: {
            client: 'better-sqlite3',
            connection: { directory },
          },
        },
      }),
    );
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: join(directory, 'rollouts.sqlite'),
      useNullAsDefault: true,
    });
    await migrate(knex);
    await new HistoryStore(knex).append(
      ['u1', 'u2'].map(uid => ({
        stream: `local/${uid}`,
        cluster: 'local',
        facts: [
          {
            kind: 'comment',
            key: 'comment/1',
            at: 1,
            data: { requestId: 'r', by: 'user:default/ada', text: 'hello' },
          },
        ],
      })),
      1_000,
    );
  });
  afterAll(async () => {
    await knex.destroy();
    await rm(directory, { recursive: true, force: true });
  });

  function verify(...args: string[]) {
    return new Promise<{ code: number; said: string }>(done => {
      execFile(
        process.execPath,
        [
          '--import',
          './scripts/typescript.mjs',
          'plugins/rollouts-backend/src/cli/history.ts',
          'verify',
          '--config',
          join(directory, 'app-config.yaml'),
          ...args,
        ],
        // As people run it: only then does Backstage keep the connection alive.
        { cwd: ROOT, env: { ...process.env, NODE_ENV: 'production' } },
        (error, stdout, stderr) =>
          done({ code: Number(error?.code ?? 0), said: stdout + stderr }),
      );
    });
  }

  it('reads the portal’s database, and finds by a checkpoint what was made anew', async () => {
    const checkpoint = join(directory, 'checkpoint.json');

    expect(await verify('--write-checkpoint', checkpoint)).toEqual({
      code: 0,
      said: '2 entries in the chains of 2 rollouts, 0 of them cut by retention: every entry follows from the one before it.\n',
    });

    await knex.raw('DROP TRIGGER rollouts_history_entries_delete');
    await knex('rollouts_history_entries')
      .where({ stream: 'local/u2' })
      .delete();
    await knex('rollouts_history_streams')
      .where({ stream: 'local/u2' })
      .delete();

    expect((await verify()).code).toBe(0);
    const { code, said } = await verify('--checkpoint', checkpoint);
    expect(code).toBe(1);
    expect(said).toContain(
      'local/u2 entry 1: the checkpoint saw this entry, and the chain is gone',
    );
  });

  it('says what is wrong with a checkpoint that is none', async () => {
    const { code, said } = await verify(
      '--checkpoint',
      join(directory, 'app-config.yaml'),
    );
    expect(code).toBe(2);
    expect(said).toContain('is not a file that --write-checkpoint has written');
  });

  it('says which configuration is not there, and no more', async () => {
    const { code, said } = await verify(
      '--config',
      join(directory, 'none.yaml'),
    );
    expect(code).toBe(2);
    expect(said).toMatch(
      /^history: The configuration cannot be read: .*none\.yaml[^\n]*\n$/,
    );
  });
});
