import type {
  KubeObject,
  PlannedPatch,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  ConflictError,
  NotFoundError,
  RESOURCES,
  patchWithPrecondition,
  type KubeClient,
  type Resource,
} from '@progressive-delivery/kube';

const ROLLOUTS = 'rollouts.argoproj.io';
const DEPLOYMENTS = 'deployments.apps';
const TARGETS: Record<string, Resource> = {
  [ROLLOUTS]: RESOURCES.rollouts,
  'analysisruns.argoproj.io': RESOURCES.analysisRuns,
  [DEPLOYMENTS]: RESOURCES.deployments,
};
const MOST_TRIES = 8;

/**
 * Sends the patches of a plan in their order. The first holds only for the
 * rollout (or the workload) as it was read, by uid and resourceVersion: a
 * change in between is a `ConflictError`, or for a JSON patch an
 * `InvalidError`, and the plan has to be made again. The others follow from the first and hold for the same
 * object in whatever state it is by then. Returns the rollout as written.
 */
export async function applyPatches(
  client: KubeClient,
  seen: Rollout,
  patches: PlannedPatch[],
  workload?: KubeObject,
): Promise<KubeObject> {
  let current: KubeObject = seen;
  for (const [index, patch] of patches.entries()) {
    if (index === 0) {
      current = await applyFirst(client, current, patch, workload);
    } else {
      current = await applyNext(client, current, patch);
    }
  }
  return current;
}

async function applyFirst(
  client: KubeClient,
  seen: KubeObject,
  patch: PlannedPatch,
  workload?: KubeObject,
): Promise<KubeObject> {
  const { namespace, name } = patch;
  const read = [
    isOf(seen, ROLLOUTS, patch) && seen,
    workload && isOf(workload, DEPLOYMENTS, patch) && workload,
  ].find(object => object);
  if (read && patch.type === 'json') {
    return client.patch(
      target(patch),
      { namespace, name },
      guarded(patch, read),
      { type: 'json' },
    );
  }
  if (read && read === seen) {
    return merge(client, seen, patch);
  }
  // Another object than the one that was read: the patch tests for itself
  // what it replaces, or is the same whatever the object's state.
  return client.patch(target(patch), { namespace, name }, patch.patch, {
    type: patch.type,
  });
}

async function applyNext(
  client: KubeClient,
  written: KubeObject,
  patch: PlannedPatch,
): Promise<KubeObject> {
  let current = written;
  for (let tries = 1; ; tries++) {
    try {
      return await merge(client, current, patch);
    } catch (error) {
      if (!(error instanceof ConflictError) || tries >= MOST_TRIES) {
        throw error;
      }
      const { namespace, name } = patch;
      const again = await client.get(target(patch), { namespace, name });
      if (again.metadata.uid !== written.metadata.uid) {
        throw error;
      }
      current = again;
    }
  }
}

/** On a 404 from `/status` the same patch goes to the object: older CRDs have no such subresource. */
async function merge(
  client: KubeClient,
  seen: KubeObject,
  { subresource, patch, ...rest }: PlannedPatch,
): Promise<KubeObject> {
  const resource = target(rest);
  const body = patch as Record<string, unknown>;
  try {
    return await patchWithPrecondition(client, resource, seen, body, {
      subresource,
    });
  } catch (error) {
    if (subresource && error instanceof NotFoundError) {
      return patchWithPrecondition(client, resource, seen, body);
    }
    throw error;
  }
}

function guarded({ patch }: PlannedPatch, { metadata }: KubeObject) {
  return [
    { op: 'test', path: '/metadata/uid', value: metadata.uid },
    {
      op: 'test',
      path: '/metadata/resourceVersion',
      value: metadata.resourceVersion,
    },
    ...(patch as unknown[]),
  ];
}

function isOf(
  object: KubeObject,
  resource: string,
  patch: PlannedPatch,
): boolean {
  return (
    patch.resource === resource &&
    object.metadata.name === patch.name &&
    object.metadata.namespace === patch.namespace
  );
}

function target({ resource }: Pick<PlannedPatch, 'resource'>): Resource {
  const found = TARGETS[resource];
  if (!found) {
    throw new TypeError(`No action writes ${resource}`);
  }
  return found;
}
