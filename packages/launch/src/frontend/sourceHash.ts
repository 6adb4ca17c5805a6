import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What the built frontend is made of, relative to the repository. */
export const FRONTEND_SOURCES = [
  'app-config.yaml',
  'yarn.lock',
  'packages/app/package.json',
  'packages/app/config.d.ts',
  'packages/app/src',
  'packages/app/public',
  'plugins/rollouts/package.json',
  'plugins/rollouts/src',
  'plugins/rollouts-common/package.json',
  'plugins/rollouts-common/src',
] as const;

const IRRELEVANT = /\.(test|stories)\.tsx?$|__fixtures__|\/setupTests\.ts$/;

/** One hash over the names and contents of all files under `sources`. */
export function sourceHash(root: string, sources: readonly string[]): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesUnder(root, source)) {
      hash.update(file).update('\0');
      hash.update(readFileSync(join(root, file))).update('\0');
    }
  }
  return hash.digest('hex');
}

function filesUnder(root: string, path: string): string[] {
  const status = statSync(join(root, path), { throwIfNoEntry: false });
  if (!status || IRRELEVANT.test(path)) {
    return [];
  }
  return status.isDirectory()
    ? readdirSync(join(root, path))
        .sort()
        .flatMap(name => filesUnder(root, `${path}/${name}`))
    : [path];
}
