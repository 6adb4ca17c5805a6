import { invalid } from '../api/apiError';
import { NewObject, StoredObject } from '../api/clusterApi';
import { RequestOptions, Target } from './context';

/**
 * Makes a draft what the server would store: unknown fields pruned, defaults
 * filled in, and everything checked.
 * @throws ApiError 422 with every field that is wrong
 */
export function admit(
  target: Target,
  draft: NewObject,
  previous: StoredObject | undefined,
  _options: RequestOptions,
): void {
  const { kind } = target;
  kind.rules.applyDefaults?.(draft);
  const causes = kind.rules.validate?.(draft, previous) ?? [];
  if (causes.length > 0) {
    throw invalid(
      { group: kind.group, kind: kind.kind, name: draft.metadata.name },
      causes,
    );
  }
}
