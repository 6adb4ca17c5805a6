import type {
  OwnerReference,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Makes an object belong to the rollout, and go when it goes. */
export function ownerReference(rollout: Rollout): OwnerReference {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    name: rollout.metadata.name,
    uid: rollout.metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}
