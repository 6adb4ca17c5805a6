import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import knexFactory, { type Knex } from 'knex';

export interface TestDatabase {
  knex: Knex;
  stop(): Promise<void>;
}

export async function startSqlite(): Promise<TestDatabase> {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  return { knex, stop: () => knex.destroy() };
}

export interface TestServer extends TestDatabase {
  /** Another pool of connections, as another process has; the caller ends it. */
  connect(): Knex;
}

/** A real server, on a free port, with a data directory that goes with it. */
export async function startPostgres(): Promise<TestServer> {
  const directory = await mkdtemp(join(tmpdir(), 'rollouts-postgres-'));
  // The server runs as another user when this one is root.
  await chmod(directory, 0o755);
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      resolvePackagePath(
        '@progressive-delivery/backstage-plugin-rollouts-backend',
        'src/__testUtils__/postgresServer.mjs',
      ),
      join(directory, 'data'),
      String(port),
    ],
    { stdio: ['pipe', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', chunk => {
    said += chunk;
  });
  const exited = once(child, 'exit');
  await Promise.race([
    once(child.stdout, 'data'),
    exited.then(() => {
      throw new Error(`PostgreSQL did not start: ${said}`);
    }),
  ]);
  const connect = () =>
    knexFactory({
      client: 'pg',
      connection: {
        host: '127.0.0.1',
        port,
        user: 'postgres',
        password: 'postgres',
        database: 'postgres',
      },
    });
  const knex = connect();
  return {
    knex,
    connect,
    async stop() {
      await knex.destroy();
      child.stdin.end();
      await exited;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}
