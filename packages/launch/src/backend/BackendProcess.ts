import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { lineSplitter, noteworthy } from './logLines';

const KEPT_LINES = 30;
const PATIENCE_MILLISECONDS = 8_000;

export interface BackendProcessOptions {
  command: string;
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Warnings and errors, as they come. */
  onNotice: (notice: string) => void;
}

/** A server of the portal as a child of this process, with its log in a file. */
export class BackendProcess {
  private readonly lastLines: string[] = [];
  /** Resolves with the exit code, or the signal's name, when it has ended. */
  readonly ended: Promise<string>;

  private constructor(private readonly child: ChildProcess) {
    this.ended = new Promise(resolve => {
      child.once('error', error => resolve(error.message));
      child.once('exit', (code, signal) =>
        resolve(signal ? `signal ${signal}` : `exit code ${code}`),
      );
    });
  }

  static start(options: BackendProcessOptions): BackendProcess {
    const child = spawn(options.command, options.args, {
      cwd: options.cwd,
      env: options.env,
      // A group of its own: the terminal's Ctrl-C comes to us, and we pass it
      // on once, to it and all it started. The channel tells it when we die.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const backend = new BackendProcess(child);
    const log = createWriteStream(options.logFile, { mode: 0o600 });
    // A full disk costs the log, not the portal.
    log.once('error', error => {
      log.on('error', () => {});
      options.onNotice(`The log cannot be written: ${error.message}`);
    });
    const splitter = lineSplitter(line => {
      log.write(`${line}\n`);
      backend.keep(line);
      const notice = noteworthy(line);
      if (notice) {
        options.onNotice(notice);
      }
    });
    child.stdout?.setEncoding('utf8').on('data', splitter.push);
    child.stderr?.setEncoding('utf8').on('data', splitter.push);
    child.once('close', () => {
      splitter.end();
      log.end();
    });
    return backend;
  }

  /** The end of its log, for the message when it crashed. */
  lastLog(): string {
    return this.lastLines.join('\n');
  }

  /** Asks it to stop, and makes it stop when it does not. */
  async stop(): Promise<void> {
    this.signal('SIGTERM');
    const hurry = setTimeout(
      () => this.signal('SIGKILL'),
      PATIENCE_MILLISECONDS,
    );
    await this.ended;
    clearTimeout(hurry);
    // Whatever it started and left behind is in its group.
    this.signal('SIGKILL');
  }

  kill() {
    this.signal('SIGKILL');
  }

  private keep(line: string) {
    this.lastLines.push(line);
    if (this.lastLines.length > KEPT_LINES) {
      this.lastLines.shift();
    }
  }

  private signal(signal: NodeJS.Signals) {
    if (this.child.pid === undefined) {
      return;
    }
    try {
      process.kill(-this.child.pid, signal);
    } catch (error) {
      // ESRCH: the group is empty, which is what was wanted.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
        throw error;
      }
    }
  }
}
