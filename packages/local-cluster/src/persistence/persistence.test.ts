import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalCluster } from '../startLocalCluster';
import { createManualClock } from '../testing/manualClock';

const NAMESPACES = { group: '', resource: 'namespaces' };
const demo = {
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'demo' },
};

describe('a cluster that persists', () => {
  let directory: string;
  const log: string[] = [];
  const start = (clock = createManualClock(Date.now())) =>
    startLocalCluster({
      directory,
      clock,
      life: false,
      persist: true,
      log: message => log.push(message),
    });

  beforeEach(async () => {
    log.length = 0;
    directory = await mkdtemp(join(tmpdir(), 'local-cluster-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  it('has after a restart what it had before, under the same uid', async () => {
    const before = await start();
    const { metadata } = before.api.create(NAMESPACES, demo);
    await before.stop();

    const after = await start();
    const found = after.api.get(NAMESPACES, undefined, 'demo');
    await after.stop();

    expect(found.metadata).toEqual(metadata);
  });

  it('moves a snapshot that it cannot read aside, and says where', async () => {
    await writeFile(join(directory, 'cluster.json'), '{"format":1,');

    const cluster = await start();
    await cluster.stop();

    const aside = (await readdir(directory)).find(name =>
      name.startsWith('cluster.json.unreadable-'),
    )!;
    expect(await readFile(join(directory, aside), 'utf8')).toBe('{"format":1,');
    expect(log.join()).toContain(aside);
  });

  it('does not start under NODE_ENV=production unless told to', async () => {
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      await expect(start()).rejects.toThrow('NODE_ENV=production');
    } finally {
      process.env.NODE_ENV = before;
    }
  });
});
