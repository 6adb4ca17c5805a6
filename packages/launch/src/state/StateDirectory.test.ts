import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateDirectory } from './StateDirectory';

const mode = (path: string) => statSync(path).mode % 0o1000;

describe('StateDirectory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'state-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('makes a folder that only its owner may enter', () => {
    const path = join(folder, 'new', 'state');

    StateDirectory.open(path);

    expect(mode(path)).toBe(0o700);
  });

  it('takes an empty folder, and its own', () => {
    const path = join(folder, 'again');
    mkdirSync(path, { mode: 0o755 });

    StateDirectory.open(path).write(['kubeconfig'], '');
    StateDirectory.open(path);

    expect(mode(path)).toBe(0o700);
  });

  it('takes the folder of a portal at another port', () => {
    const path = join(folder, 'other-port');
    mkdirSync(join(path, 'port-7008'), { recursive: true });

    expect(() => StateDirectory.open(path)).not.toThrow();
  });

  it('leaves a folder alone that has files of something else', () => {
    const path = join(folder, 'home');
    mkdirSync(path, { mode: 0o755 });
    writeFileSync(join(path, 'letter.txt'), '');

    expect(() => StateDirectory.open(path)).toThrow(
      `The state cannot be kept in ${path}: it has files of something else: letter.txt.\nName another folder with --state DIR.`,
    );
    expect(mode(path)).toBe(0o755);
  });

  it('leaves one alone that has names of ours beside its own, as /var has', () => {
    const path = join(folder, 'var');
    for (const name of ['lib', 'lock', 'log']) {
      mkdirSync(join(path, name), { recursive: true, mode: 0o755 });
    }
    chmodSync(path, 0o755);

    expect(() => StateDirectory.open(path)).toThrow(/something else: lib\./);
    expect(mode(path)).toBe(0o755);
  });

  it('takes all that a start leaves behind, and clears it but for the lock', () => {
    const state = StateDirectory.open(join(folder, 'left'));
    for (const name of ['database', 'cluster.json', 'lock', 'portal.json']) {
      state.write([name], '');
    }

    StateDirectory.open(state.path).clear();

    expect(readdirSync(state.path)).toEqual(['lock']);
  });
});
