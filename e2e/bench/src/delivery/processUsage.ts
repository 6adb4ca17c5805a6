import { readFileSync } from 'node:fs';

/** What a process has used so far. */
export interface ProcessUsage {
  cpuSeconds: number;
  /** Megabytes (2^20 bytes) of memory that it holds, and at most held. */
  rss: number;
  peakRss: number;
}

/** `USER_HZ`: 100 on every architecture that Node.js runs on. */
const TICKS_PER_SECOND = 100;

/**
 * User and system time out of `/proc/<pid>/stat`.
 * @throws Error when the text is not of that file
 */
export function cpuSecondsOf(stat: string): number {
  // The second field is the program's name in parentheses, with any character.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const seconds = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  if (Number.isFinite(seconds)) return seconds;
  throw new Error(`not the stat of a process: "${stat.slice(0, 80)}"`);
}

/** Megabytes of one row of `/proc/<pid>/status`. */
export function megabytesOf(row: 'VmRSS' | 'VmHWM', status: string): number {
  const kilobytes = new RegExp(`^${row}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  if (kilobytes !== undefined) return Number(kilobytes) / 1024;
  throw new Error(`the status of a process has no ${row}`);
}

/** @throws Error when the process has ended, or the system has no /proc */
export function usageOf(pid: number): ProcessUsage {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return {
    cpuSeconds: cpuSecondsOf(readFileSync(`/proc/${pid}/stat`, 'utf8')),
    rss: megabytesOf('VmRSS', status),
    peakRss: megabytesOf('VmHWM', status),
  };
}
