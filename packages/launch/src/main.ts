import { join, resolve } from 'node:path';
import { help } from './options/help';
import { parseOptions, type StartOptions } from './options/parseOptions';
import { Portal } from './portal/Portal';
import { Progress } from './Progress';
import { EXIT, StartProblem } from './StartProblem';
import { ProcessLock } from './state/ProcessLock';
import { StateDirectory } from './state/StateDirectory';
import { untilStopped } from './untilStopped';

/** Runs `bin/start` with these arguments; resolves with the exit code. */
export async function main(args: string[], root: string): Promise<number> {
  try {
    const command = parseOptions(args);
    if (command.kind === 'help') {
      process.stdout.write(help());
      return 0;
    }
    return await start(command.options, root);
  } catch (error) {
    if (error instanceof StartProblem) {
      process.stderr.write(`\n${error.message}\n`);
      return error.exitCode;
    }
    throw error;
  }
}

async function start(options: StartOptions, root: string): Promise<number> {
  const { state, lock } = claimState(options, root);
  const progress = new Progress(
    text => process.stdout.write(text),
    () => performance.now(),
  );
  const stop = untilStopped();
  const portal = new Portal({ root, state, options, progress });
  try {
    return await portal.run(stop);
  } finally {
    await portal.stop();
    lock.release();
  }
}

/**
 * The state directory, held by this process alone. Beside a portal that runs
 * already, another port gets a directory of its own.
 */
function claimState(options: StartOptions, root: string) {
  const base = options.state ? resolve(options.state) : join(root, '.local');
  const candidates = options.state
    ? [base]
    : [base, join(base, `port-${options.port}`)];
  const wanted = `http://127.0.0.1:${options.port}`;
  for (const path of candidates) {
    const state = StateDirectory.open(path);
    const claim = ProcessLock.acquire(state.file('lock'), wanted);
    if ('lock' in claim) {
      if (options.reset) {
        state.clear();
      }
      return { state, lock: claim.lock };
    }
    if (options.state && claim.heldBy.note !== wanted) {
      throw new StartProblem(
        `The state in ${path} is in use by the portal at ${claim.heldBy.note} (process ${claim.heldBy.pid}). Choose another folder with --state DIR.`,
        EXIT.busy,
      );
    }
    if (claim.heldBy.note === wanted || path === candidates.at(-1)) {
      throw new StartProblem(
        `Port ${options.port} is busy: the portal already runs at ${claim.heldBy.note} (process ${claim.heldBy.pid}).\nOpen it, stop it with Ctrl-C where it runs, or start another beside it with --port ${options.port + 1}.`,
        EXIT.busy,
      );
    }
  }
  throw new Error('unreachable: the last candidate either is taken or throws');
}
