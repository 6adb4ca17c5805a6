import { access } from 'node:fs/promises';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';

/**
 * Makes sure that what is to be written is not there yet.
 *
 * @param free - full path of a file that goes away before
 * @throws InputError that names the file, NotAllowedError outside of the workspace
 */
export async function refuseToOverwrite(
  workspace: string,
  paths: readonly string[],
  free?: string,
): Promise<void> {
  for (const path of paths) {
    const target = resolveSafeChildPath(workspace, path);
    if (target !== free && (await isThere(target))) {
      throw new InputError(
        `${path} is there already, and would be written over. Choose another directory.`,
      );
    }
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
    return false;
  }
}
