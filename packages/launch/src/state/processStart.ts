import { readFileSync } from 'node:fs';

/** Of the fields after the name in `/proc/PID/stat`: proc(5), starttime. */
const START_TIME = 19;

/**
 * What tells a process from an earlier one of the same number: the boot and
 * the moment of it at which the process began.
 *
 * @returns `undefined` where the system does not tell: without `/proc`
 */
export function processStart(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold some itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return `${boot} ${fields[START_TIME]}`;
  } catch {
    return undefined;
  }
}
