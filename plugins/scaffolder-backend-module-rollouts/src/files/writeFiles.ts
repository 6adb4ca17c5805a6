import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';

/**
 * Writes files below a directory of the workspace.
 *
 * @returns their paths in the workspace
 * @throws NotAllowedError outside of it
 */
export async function writeFiles(
  workspace: string,
  directory: string,
  files: readonly { name: string; text: string }[],
): Promise<string[]> {
  return Promise.all(
    files.map(async ({ name, text }) => {
      const path = join(directory, name);
      const target = resolveSafeChildPath(workspace, path);
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text);
      return path;
    }),
  );
}
