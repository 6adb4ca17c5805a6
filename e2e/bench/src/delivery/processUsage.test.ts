import { cpuSecondsOf, megabytesOf, usageOf } from './processUsage';

describe('usage of a process', () => {
  it('adds user and system time, whatever the program is called', () => {
    const stat =
      '42 (a) b (c) S 1 42 42 0 -1 4194560 900 0 0 0 250 75 0 0 20 0 11 0 100 1 2';
    expect(cpuSecondsOf(stat)).toBe(3.25);
  });

  it('reads memory in megabytes', () => {
    const status = 'Name:\tnode\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\n';
    expect(megabytesOf('VmRSS', status)).toBe(100);
    expect(megabytesOf('VmHWM', status)).toBe(200);
  });

  it('refuses what is something else', () => {
    expect(() => cpuSecondsOf('no process')).toThrow('not the stat');
    expect(() => megabytesOf('VmRSS', 'Name: x')).toThrow('no VmRSS');
  });

  it('refuses a process that is not there', () => {
    expect(() => usageOf(2 ** 30)).toThrow('ENOENT');
  });
});
