import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { processStart } from './processStart';

/** Who holds a lock. */
export interface LockHolder {
  pid: number;
  /** What it is for, for the message to others. */
  note: string;
}

/** As it is written: numbers of processes come again, in a container at once. */
interface WrittenHolder extends LockHolder {
  started?: string;
}

/**
 * A lock file that names the process which holds it. A lock whose process is
 * gone is taken over.
 */
export class ProcessLock {
  private constructor(private readonly file: string) {}

  /** The lock, or who has it. */
  static acquire(
    file: string,
    note: string,
  ): { lock: ProcessLock } | { heldBy: LockHolder } {
    for (;;) {
      try {
        const started = processStart(process.pid);
        create(file, { pid: process.pid, note, started });
        return { lock: new ProcessLock(file) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
          throw error;
        }
      }
      const holder = readHolder(file);
      if (holder && isAlive(holder)) {
        return { heldBy: { pid: holder.pid, note: holder.note } };
      }
      rmSync(file, { force: true });
    }
  }

  release() {
    if (readHolder(this.file)?.pid === process.pid) {
      rmSync(this.file, { force: true });
    }
  }
}

/**
 * Exactly one of several processes succeeds, and nobody sees the file without
 * its content, which would look like a lock that nobody holds.
 */
function create(file: string, holder: WrittenHolder) {
  const whole = `${file}.${process.pid}`;
  writeFileSync(whole, JSON.stringify(holder));
  try {
    linkSync(whole, file);
  } finally {
    rmSync(whole, { force: true });
  }
}

function readHolder(file: string): WrittenHolder | undefined {
  try {
    const holder = JSON.parse(readFileSync(file, 'utf8'));
    return typeof holder?.pid === 'number' ? holder : undefined;
  } catch {
    // Damaged or gone: the same as no holder, the next try decides.
    return undefined;
  }
}

function isAlive({ pid, started }: WrittenHolder): boolean {
  const present = processStart(pid);
  if (started !== undefined && present !== undefined && started !== present) {
    return false;
  }
  if (pid === process.pid) {
    return true;
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
