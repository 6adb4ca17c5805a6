import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

const KEY = 'rollouts.app.entityTabPath';
const DEFAULT_PATH = '/rollouts';

/**
 * Where the app shows rollouts, under the page of an entity. Starts with a
 * slash and ends with none.
 * @throws InputError that names the key
 */
export function readEntityTabPath(config: Config): string {
  const written = config.getOptionalString(KEY) ?? DEFAULT_PATH;
  const path = written.replace(/\/+$/, '');
  if (!/^(\/[\w.~-]+)+$/.test(path)) {
    throw new InputError(
      `${KEY} is "${written}". Write the path of the tab under an entity's page, such as ${DEFAULT_PATH}.`,
    );
  }
  return path;
}
