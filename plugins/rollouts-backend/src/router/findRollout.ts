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
  /** The first one that the caller may read; absent when they may read all. */
  entityRef?: string;
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
  const readable = await access.readable(credentials, [...entityRefs]);
  const entityRef = entityRefs.find(ref => readable.has(ref));
  if (entityRef === undefined && !(await access.readsEverything(credentials))) {
    throw new NotAllowedError(
      'You may not see this rollout. Ask an owner of its catalog entity.',
    );
  }
  if (!rollout) {
    throw new NotFoundError(
      `There is no rollout "${name}" in namespace "${namespace}" of cluster "${cluster}".`,
    );
  }
  return { key, cluster, rollout, entityRefs, entityRef };
}
