import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';

const COMMIT_ANNOTATIONS = [
  'progressive-delivery.io/committed-at',
  'org.opencontainers.image.created',
];
const KEPT = { years: 2 };

/** What the operator wrote under `rollouts.history`, checked. */
export interface HistoryConfig {
  enabled: boolean;
  /** How long a release is kept after its end; `undefined`: for ever. */
  keepMilliseconds?: number;
  /** Annotations of the Rollout or its template that hold an RFC 3339 time. */
  commitAnnotations: string[];
  /** Whether pod templates are kept, for comparisons. */
  templates: boolean;
}

/** @throws InputError that names the key. */
export function readHistoryConfig(config: Config): HistoryConfig {
  const key = 'rollouts.history';
  const root = config.getOptionalConfig(key);
  return {
    enabled: root?.getOptionalBoolean('enabled') ?? true,
    keepMilliseconds: readKeep(root, key),
    commitAnnotations:
      root?.getOptionalStringArray('commitAnnotations') ?? COMMIT_ANNOTATIONS,
    templates: root?.getOptionalBoolean('templates') ?? true,
  };
}

function readKeep(root: Config | undefined, key: string): number | undefined {
  if (!root?.has('keep')) {
    return durationToMilliseconds(KEPT);
  }
  if (root.getOptional('keep') === 'forever') {
    return undefined;
  }
  let milliseconds: number;
  try {
    milliseconds = durationToMilliseconds(
      readDurationFromConfig(root, { key: 'keep' }),
    );
  } catch (error) {
    throw new InputError(
      `${key}.keep is not a duration such as "{ years: 2 }", nor "forever".`,
      error,
    );
  }
  if (milliseconds < 24 * 3_600_000) {
    throw new InputError(
      `${key}.keep is shorter than a day. Releases of the day before would be gone before anybody looked.`,
    );
  }
  return milliseconds;
}
