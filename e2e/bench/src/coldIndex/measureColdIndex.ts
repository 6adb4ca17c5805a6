import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Measurement } from '../measurement';

interface IndexResult {
  milliseconds: number;
  longestBlock: number;
  objects: number;
  peakRss: number;
  rss: number;
}

/** From an empty portal to a complete index of so many rollouts. */
export async function measureColdIndex(
  rollouts: number,
): Promise<Measurement[]> {
  const server = start('fleetServer.ts', rollouts);
  try {
    const { port, bytes } = await message<{ port: number; bytes: number }>(
      server,
    );
    const portal = start('indexProcess.ts', port);
    const result = await message<IndexResult>(portal);
    const what = `cold index, ${rollouts} rollouts`;
    const full = rollouts >= 10_000;
    const megabytes = (value: number) => value / 1024 / 1024;
    return [
      {
        what: `${what}: time (${result.objects} objects, ${Math.round(megabytes(bytes))} MB of JSON)`,
        value: result.milliseconds / 1000,
        unit: 's',
        budget: full ? 3 : undefined,
      },
      {
        what: `${what}: longest event-loop block`,
        value: result.longestBlock,
        unit: 'ms',
        budget: 100,
      },
      {
        what: `${what}: memory above the empty process`,
        value: megabytes(result.rss),
        unit: 'MB',
        budget: full ? 300 : undefined,
      },
      {
        what: `${what}: peak of memory while indexing`,
        value: megabytes(result.peakRss),
        unit: 'MB',
      },
    ];
  } finally {
    server.kill();
  }
}

function start(file: string, argument: number): ChildProcess {
  return fork(join(__dirname, file), [String(argument)], {
    execArgv: [
      '--expose-gc',
      '--import',
      join(__dirname, '../../../../scripts/typescript.mjs'),
    ],
  });
}

/** The loader of TypeScript sends messages of its own: ours are named. */
function message<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.on('message', answer => {
      const { bench } = answer as { bench?: T };
      if (bench) resolve(bench);
    });
    child.once('exit', code =>
      reject(new Error(`A process of the benchmark ended with code ${code}`)),
    );
  });
}
