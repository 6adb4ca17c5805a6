import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Resource } from '@progressive-delivery/kube/resources';
import type { RouteDraft } from '../router';
import { jsonPatchBetween } from './jsonPatchBetween';

/**
 * Plans the patch after which an object is as wanted; nothing when it is that
 * already.
 *
 * @returns whether anything had to be changed
 */
export function changeObject(
  draft: RouteDraft,
  resource: Resource,
  object: KubeObject,
  wanted: KubeObject,
  reason: string,
): boolean {
  const patch = jsonPatchBetween(object, wanted);
  if (!patch.length) return false;
  draft.patch(resource, object, patch, reason, 'json');
  return true;
}
