import type {
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Whether the rollout made the object: only then may it be changed and removed. */
export function isOwnedBy(object: KubeObject, rollout: Rollout): boolean {
  return (object.metadata.ownerReferences ?? []).some(
    each => each.controller === true && each.uid === rollout.metadata.uid,
  );
}
