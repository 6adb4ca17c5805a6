import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Without a handler these would end this process and leave its children. */
const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };

/** The programs of one run. Whatever happens, none outlives it. */
export class ProcessGroup {
  readonly #logs: string;
  readonly #children: { name: string; child: ChildProcess }[] = [];
  readonly #onExit: () => void;

  /**
   * @param logs - folder for the programs' output
   * @param cleanUp - what else has to be gone when this process ends early
   */
  constructor(logs: string, cleanUp: () => void) {
    this.#logs = logs;
    this.#onExit = () => {
      for (const { child } of this.#children) child.kill('SIGKILL');
      cleanUp();
    };
    process.once('exit', this.#onExit);
    for (const [signal, number] of Object.entries(SIGNALS)) {
      process.once(signal, () => process.exit(128 + number));
    }
  }

  start(
    name: string,
    program: string,
    args: string[],
    env: Record<string, string> = {},
  ): ChildProcess {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    const log = createWriteStream(this.logOf(name), { flags: 'a' });
    child.stdout?.pipe(log, { end: false });
    child.stderr?.pipe(log, { end: false });
    child.once('error', error => log.write(`${error}\n`));
    this.#children.push({ name, child });
    return child;
  }

  logOf(name: string): string {
    return join(this.#logs, `${name}.log`);
  }

  /** Megabytes (2^20 bytes) that a program holds now, where the system tells. */
  memoryOf(name: string): number | undefined {
    const child = this.#children.find(known => known.name === name)?.child;
    const file = `/proc/${child?.pid}/status`;
    if (!existsSync(file)) return undefined;
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(file, 'utf8'));
    return kilobytes ? Number(kilobytes[1]) / 1024 : undefined;
  }

  /** The end of what a program said, for an error message. */
  lastWords(name: string, lines = 15): string {
    return readFileSync(this.logOf(name), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(-lines)
      .join('\n');
  }

  /** @throws Error when one of them has ended by itself. */
  checkAlive() {
    for (const { name, child } of this.#children) {
      if (child.exitCode !== null) {
        throw new Error(
          `${name} ended with exit code ${child.exitCode}:\n${this.lastWords(name)}`,
        );
      }
    }
  }

  /** @param patience - milliseconds until it is ended by force */
  async end(child: ChildProcess, patience?: number) {
    this.#forget(child);
    await ended(child, patience);
  }

  /** Ends it at once, with no chance to clean up. */
  async kill(child: ChildProcess) {
    this.#forget(child);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
  }

  /** Ends all, the last one started first. */
  async endAll() {
    for (const { child } of [...this.#children].reverse()) await ended(child);
    this.#children.length = 0;
    process.off('exit', this.#onExit);
  }

  #forget(child: ChildProcess) {
    const index = this.#children.findIndex(known => known.child === child);
    if (index >= 0) this.#children.splice(index, 1);
  }
}

/** Asked politely, then not. */
async function ended(child: ChildProcess, patience = 3000): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>(resolve => {
    const timer = setTimeout(() => child.kill('SIGKILL'), patience);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
