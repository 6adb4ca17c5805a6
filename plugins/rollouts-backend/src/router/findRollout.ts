import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RouterContext } from './RouterContext';

/** A rollout that the caller may see, with the entity on whose ground. */
export interface FoundRollout {
  key: string;
  cluster: string;
  rollout: Rollout;
  entityRefs: readonly string[];
  /** Those of them that the caller may read and that the operator's map does not refuse. */
  readable: readonly string[];
}

/**
 * Finds a rollout of the address and checks that the caller may see it. Who
 * may not gets the same answer for one that exists and one that does not.
 */
export async function findRollout(
  { access, views }: RouterContext,
  credentials: BackstageCredentials,
  parameters: Record<string, string | undefined>,
): Promise<FoundRollout> {
  const { cluster = '', namespace = '', name = '' } = parameters;
  const key = `${cluster}/${namespace}/${name}`;
  const rollout = views.rollout(key);
  const entityRefs = views.index.entityRefs(key);
  const permitted = await access.readable(credentials, [...entityRefs]);
  const readable = entityRefs.filter(
    ref =>
      permitted.has(ref) &&
      !(rollout && access.refusedTo({ cluster, rollout }, ref)),
  );
  if (readable.length === 0 && !(await access.readsEverything(credentials))) {
    throw new NotAllowedError(
      'You may not see this rollout. Ask an owner of its catalog entity.',
    );
  }
  if (!rollout) {
    throw new NotFoundError(
      `There is no rollout "${name}" in namespace "${namespace}" of cluster "${cluster}".`,
    );
  }
  return { key, cluster, rollout, entityRefs, readable };
}
