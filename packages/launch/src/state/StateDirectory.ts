import {
  accessSync,
  chmodSync,
  constants,
  mkdirSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, StartProblem } from '../StartProblem';

/** What a start leaves behind, besides the lock and other portals' directories. */
const CONTENT = [
  'app-config.local.yaml',
  'catalog',
  'services',
  'cluster.json',
  'database',
  'demo',
  'kubeconfig',
  'log',
  'portal.json',
];

/** The folder with everything that a start leaves behind; private to its owner. */
export class StateDirectory {
  private constructor(readonly path: string) {}

  /**
   * Closes the folder to others and will write and clear in it, so one that
   * somebody keeps other things in is left as it is.
   *
   * @throws StartProblem when the path cannot be a folder of ours.
   */
  static open(path: string): StateDirectory {
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      const names = readdirSync(path);
      const other = names.find(name => !isOurs(name));
      if (other !== undefined) {
        throw new Error(`it has files of something else: ${other}.`);
      }
      accessSync(path, constants.W_OK);
      chmodSync(path, 0o700);
    } catch (error) {
      throw new StartProblem(
        `The state cannot be kept in ${path}: ${error instanceof Error ? error.message : error}\nName another folder with --state DIR.`,
        EXIT.input,
        { cause: error },
      );
    }
    return new StateDirectory(path);
  }

  /** A path inside, whose folder exists. */
  file(...segments: string[]): string {
    const file = join(this.path, ...segments);
    mkdirSync(dirname(file), { recursive: true });
    return file;
  }

  /** Writes a file that only its owner may read. */
  write(segments: string[], content: string): string {
    const file = this.file(...segments);
    writeFileSync(file, content, { mode: 0o600 });
    return file;
  }

  /** Removes all state; the lock stays with whoever holds it. */
  clear() {
    for (const name of CONTENT) {
      rmSync(join(this.path, name), { recursive: true, force: true });
    }
  }
}

/** Also what a lock is written to, by the number of its process. */
function isOurs(name: string): boolean {
  return CONTENT.includes(name) || /^(lock(\.\d+)?|port-\d+)$/.test(name);
}
