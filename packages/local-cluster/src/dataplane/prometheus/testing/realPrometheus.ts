import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface RealPrometheus {
  url: string;
  stop(): Promise<void>;
}

/** Why no real Prometheus can be started here, or undefined if it can. */
export function prometheusMissing(): string | undefined {
  for (const program of ['prometheus', 'promtool']) {
    if (spawnSync(program, ['--version']).status !== 0) {
      return `${program} is not installed (Debian: apt install prometheus)`;
    }
  }
  return undefined;
}

/**
 * Starts a Prometheus in a directory of its own, on samples in the
 * OpenMetrics format or scraping `target` (`host:port`) every second.
 */
export async function startRealPrometheus(
  of: { samples: string } | { target: string },
): Promise<RealPrometheus> {
  const directory = await mkdtemp(join(tmpdir(), 'prometheus-'));
  const data = join(directory, 'data');
  const config = join(directory, 'prometheus.yml');
  if ('samples' in of) {
    const file = join(directory, 'samples.om');
    await writeFile(file, of.samples);
    await promisify(execFile)('promtool', [
      'tsdb',
      'create-blocks-from',
      'openmetrics',
      '--quiet',
      file,
      data,
    ]);
    await writeFile(config, '{}\n');
  } else {
    await writeFile(config, scraping(of.target));
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    'prometheus',
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${data}`,
      '--storage.tsdb.retention.time=1y',
      `--web.listen-address=127.0.0.1:${port}`,
      '--log.level=error',
    ],
    { stdio: 'ignore' },
  );
  const ended = new Promise<void>(resolve =>
    child.once('exit', () => resolve()),
  );
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(directory, { recursive: true, force: true });
  };
  for (let attempt = 0; attempt < 300; attempt++) {
    const response = await fetch(`${url}/-/ready`).catch(() => undefined);
    if (response?.ok) return { url, stop };
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  await stop();
  throw new Error('Prometheus did not become ready within 15 seconds.');
}

function scraping(target: string) {
  return `
global: { scrape_interval: 1s, scrape_timeout: 1s }
scrape_configs:
  - job_name: gateway
    static_configs: [{ targets: ['${target}'] }]
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => {
    server.close(resolve);
  });
  return port;
}
