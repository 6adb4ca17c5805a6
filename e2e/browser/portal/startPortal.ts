import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PORTAL_VARIABLE, type RunningPortal } from './runningPortal';

const ROOT = join(__dirname, '../../..');

/**
 * Starts a portal as a person would, on a free port with its state in a
 * temporary folder, and tells the tests where it is. Set the variable of
 * `runningPortal.ts` to the `portal.json` of a portal to test that one.
 */
export default async function startPortal() {
  if (process.env[PORTAL_VARIABLE]) {
    return async () => {};
  }
  const state = mkdtempSync(join(tmpdir(), 'portal-'));
  const output: string[] = [];
  const portal = spawn(
    join(ROOT, 'bin/start'),
    ['--port', '0', '--state', state],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const ended = new Promise<number | null>(resolve => {
    portal.once('close', resolve);
  });
  await new Promise<void>((resolve, reject) => {
    const onOutput = (chunk: Buffer) => {
      output.push(String(chunk));
      if (output.join('').includes('Ctrl-C stops everything')) {
        resolve();
      }
    };
    portal.stdout.on('data', onOutput);
    portal.stderr.on('data', onOutput);
    ended.then(code =>
      reject(new Error(`bin/start ended with ${code}:\n${output.join('')}`)),
    );
  });
  process.env[PORTAL_VARIABLE] = join(state, 'portal.json');
  return async () => {
    portal.kill('SIGINT');
    const code = await ended;
    const log = readFileSync(join(state, 'log/backend.log'), 'utf8');
    rmSync(state, { recursive: true, force: true });
    if (code !== 0) {
      throw new Error(
        `bin/start ended with ${code} on Ctrl-C:\n${output.join('')}\n${log.slice(-5000)}`,
      );
    }
  };
}

export type { RunningPortal };
