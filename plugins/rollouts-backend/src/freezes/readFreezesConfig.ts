import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { FreezeWindow } from './windows/FreezeWindow';
import { readFreeze } from './windows/readFreeze';

/**
 * Reads `rollouts.freezes`.
 * @throws InputError that names the key, so that a typing error is found at start
 */
export function readFreezesConfig(config: Config): FreezeWindow[] {
  const written = config.getOptional('rollouts.freezes') ?? [];
  if (!Array.isArray(written)) {
    throw new InputError('rollouts.freezes: write a list of windows');
  }
  const windows = written.map((entry, index): FreezeWindow => {
    const window = readFreeze(entry, `rollouts.freezes[${index}]`);
    return { ...window, id: `config:${window.name}`, source: 'config' };
  });
  windows.forEach(({ id, name }, index) => {
    if (windows.findIndex(other => other.id === id) < index) {
      throw new InputError(
        `rollouts.freezes[${index}].name: "${name}" is the name of an earlier window; give each one of its own`,
      );
    }
  });
  return windows;
}
