import type { Pod } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutContext } from '../context';
import type { Revision } from './revision';

/** The pods of a revision's ReplicaSet, also those that are on their way out. */
export function podsOf(
  { snapshot }: Pick<RolloutContext, 'snapshot'>,
  { replicaSet }: Revision,
): Pod[] {
  const { name, uid } = replicaSet.metadata;
  if (!snapshot.pods) {
    throw new Error(`needsPods does not ask for the pods of ${name}`);
  }
  return snapshot.pods.filter(({ metadata }) =>
    metadata.ownerReferences?.some(owner => owner.uid === uid),
  );
}

/** It has been deleted, and ends in a while. */
export function isLeaving({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined;
}
