import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Progress } from '../Progress';
import { EXIT, StartProblem } from '../StartProblem';
import { FRONTEND_SOURCES, sourceHash } from './sourceHash';

/** Builds the frontend, unless what is there was built from the same sources. */
export async function buildFrontend(root: string, progress: Progress) {
  const stamp = join(root, '.cache', 'frontend-sources');
  const sources = sourceHash(root, FRONTEND_SOURCES);
  const built =
    existsSync(join(root, 'packages/app/dist/index.html')) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === sources;
  if (built) {
    return;
  }
  await progress.during('Building the frontend (15 to 60 s, once)', () =>
    runBuild(root),
  );
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, sources);
}

async function runBuild(root: string) {
  const build = spawn(
    process.execPath,
    [require.resolve('@backstage/cli/bin/backstage-cli'), 'package', 'build'],
    {
      cwd: join(root, 'packages/app'),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    },
  );
  const output: string[] = [];
  build.stdout.on('data', chunk => output.push(String(chunk)));
  build.stderr.on('data', chunk => output.push(String(chunk)));
  const code = await new Promise<number | null>((resolve, reject) => {
    build.once('error', reject);
    build.once('close', resolve);
  });
  if (code !== 0) {
    throw new StartProblem(
      `The frontend could not be built:\n${output.join('').trim().split('\n').slice(-25).join('\n')}`,
      EXIT.failed,
    );
  }
}
