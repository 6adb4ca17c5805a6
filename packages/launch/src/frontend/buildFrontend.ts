import { spawn, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Progress } from '../Progress';
import { EXIT, StartProblem } from '../StartProblem';
import { ProcessLock } from '../state/ProcessLock';
import { FRONTEND_SOURCES, sourceHash } from './sourceHash';

/**
 * Builds the frontend, unless what is there was built from the same sources.
 * One build at a time: who comes second waits, and finds it built. Ends early,
 * without a build, when `stop` aborts.
 */
export async function buildFrontend(
  root: string,
  progress: Progress,
  stop: AbortSignal,
) {
  if (isBuilt(root)) {
    return;
  }
  const lock = await waitForLock(root, progress, stop);
  try {
    if (stop.aborted || isBuilt(root)) {
      return;
    }
    const sources = sourceHash(root, FRONTEND_SOURCES);
    // Until the end of the build, what is there is of no sources.
    rmSync(stampFile(root), { force: true });
    await progress.during('Building the frontend (15 to 60 s, once)', () =>
      runBuild(root, stop),
    );
    if (!stop.aborted) {
      writeFileSync(stampFile(root), sources);
    }
  } finally {
    lock?.release();
  }
}

function stampFile(root: string): string {
  return join(root, '.cache', 'frontend-sources');
}

function isBuilt(root: string): boolean {
  return (
    existsSync(join(root, 'packages/app/dist/index.html')) &&
    existsSync(stampFile(root)) &&
    readFileSync(stampFile(root), 'utf8') === sourceHash(root, FRONTEND_SOURCES)
  );
}

/** @returns `undefined` when `stop` aborted before it was free */
async function waitForLock(
  root: string,
  progress: Progress,
  stop: AbortSignal,
): Promise<ProcessLock | undefined> {
  const file = join(root, '.cache', 'frontend.lock');
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!stop.aborted) {
    const claim = ProcessLock.acquire(file, 'building the frontend');
    if ('lock' in claim) {
      return claim.lock;
    }
    if (!told) {
      told = true;
      progress.say(
        `Another start (process ${claim.heldBy.pid}) is building the frontend; waiting for it …`,
      );
    }
    await sleep(500);
  }
  return undefined;
}

async function runBuild(root: string, stop: AbortSignal) {
  const build = spawn(
    process.execPath,
    [require.resolve('@backstage/cli/bin/backstage-cli'), 'package', 'build'],
    {
      cwd: join(root, 'packages/app'),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
      // The terminal's Ctrl-C comes to us; we pass it on.
      detached: true,
    },
  );
  const output: string[] = [];
  build.stdout.on('data', chunk => output.push(String(chunk)));
  build.stderr.on('data', chunk => output.push(String(chunk)));
  const abort = () => endGroup(build);
  stop.addEventListener('abort', abort);
  if (stop.aborted) abort();
  const code = await new Promise<number | null>((resolve, reject) => {
    build.once('error', reject);
    build.once('close', resolve);
  }).finally(() => stop.removeEventListener('abort', abort));
  if (code !== 0 && !stop.aborted) {
    throw new StartProblem(
      `The frontend could not be built:\n${output.join('').trim().split('\n').slice(-25).join('\n')}`,
      EXIT.failed,
    );
  }
}

function endGroup({ pid }: ChildProcess) {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // ESRCH: it has ended already.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}
