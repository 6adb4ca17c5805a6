import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import type { ManifestFile } from '@progressive-delivery/backstage-plugin-rollouts-common';

const MANIFEST = /\.(ya?ml|json)$/;
const SKIPPED = new Set(['node_modules', '.git']);

async function filesBelow(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(async entry => {
        const child = join(path, entry.name);
        // Links may lead out of the workspace.
        if (entry.isDirectory()) {
          return SKIPPED.has(entry.name) ? [] : filesBelow(child);
        }
        return entry.isFile() && MANIFEST.test(entry.name) ? [child] : [];
      }),
  );
  return found.flat();
}

/**
 * Files and directories of a workspace, as the API takes them.
 *
 * @throws InputError when there is nothing, NotAllowedError outside of it
 */
export async function manifestFiles(
  workspace: string,
  paths: readonly string[],
): Promise<ManifestFile[]> {
  const found = await Promise.all(
    paths.map(async path => {
      try {
        return await filesBelow(resolveSafeChildPath(workspace, path));
      } catch (error) {
        if ((error as { code?: string }).code !== 'ENOENT') throw error;
        throw new InputError(`There is no ${path} in the workspace.`);
      }
    }),
  );
  const files = [...new Set(found.flat())];
  if (!files.length) {
    throw new InputError(
      `There is no .yaml, .yml or .json file in ${paths.join(', ')}.`,
    );
  }
  return Promise.all(
    files.map(async path => ({
      name: relative(workspace, path),
      text: await readFile(path, 'utf8'),
    })),
  );
}
