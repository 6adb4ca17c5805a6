import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProcessLock } from './ProcessLock';
import { processStart } from './processStart';

describe('ProcessLock', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lock-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('tells a second taker who holds it, until it is released', () => {
    const file = join(folder, 'held');
    const first = ProcessLock.acquire(file, 'port 7007');

    expect(ProcessLock.acquire(file, 'port 7008')).toEqual({
      heldBy: { pid: process.pid, note: 'port 7007' },
    });

    if ('lock' in first) first.lock.release();
    expect(existsSync(file)).toBe(false);
  });

  it('takes over the lock of a process that is gone', () => {
    const file = join(folder, 'stale');
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    writeFileSync(file, JSON.stringify({ pid, note: 'gone' }));

    expect(ProcessLock.acquire(file, 'next')).toHaveProperty('lock');
  });

  it('takes over the lock of a process that had the number of a present one', () => {
    const file = join(folder, 'again');
    const { pid } = process;
    writeFileSync(
      file,
      JSON.stringify({ pid, note: 'before', started: 'an earlier boot 1' }),
    );

    // Where the system does not tell when a process began, its number decides.
    const isTold = processStart(pid) !== undefined;
    expect('lock' in ProcessLock.acquire(file, 'next')).toBe(isTold);
  });

  it('takes over a lock that was never written to its end', () => {
    const file = join(folder, 'torn');
    writeFileSync(file, '{"pid":');

    expect(ProcessLock.acquire(file, 'next')).toHaveProperty('lock');
  });
});
