import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Resource } from '../resource';
import type { KubeClient } from './kubeClient';
import type { AnyObject, WriteOptions } from './types';

/**
 * A merge patch that applies only to the object as it was seen: the same one
 * (uid, fault 26) in the same state (resourceVersion, I5).
 *
 * @throws ConflictError when it has changed, or was deleted and made again.
 */
export function patchWithPrecondition<T extends KubeObject = AnyObject>(
  client: Pick<KubeClient, 'patch'>,
  resource: Resource,
  seen: KubeObject,
  patch: Record<string, unknown>,
  options: WriteOptions = {},
): Promise<T> {
  const { name, namespace, uid, resourceVersion } = seen.metadata;
  if (!uid || !resourceVersion) {
    throw new TypeError(
      `${resource.kind} "${name}" was not read from a cluster: it has no uid or resourceVersion to hold it to`,
    );
  }
  const metadata = (patch.metadata ?? {}) as Record<string, unknown>;
  return client.patch<T>(
    resource,
    { name, namespace },
    { ...patch, metadata: { ...metadata, uid, resourceVersion } },
    { ...options, type: 'merge' },
  );
}
