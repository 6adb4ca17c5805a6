import {
  POD_TEMPLATE_HASH_LABEL,
  type ReplicaSet,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutSnapshot } from '../snapshot';
import { toRevision, type Revision } from './revision';

function isOwned(replicaSet: ReplicaSet, rollout: Rollout): boolean {
  return (replicaSet.metadata.ownerReferences ?? []).some(
    owner => owner.controller && owner.uid === rollout.metadata.uid,
  );
}

function isOrphan(replicaSet: ReplicaSet): boolean {
  const { metadata } = replicaSet;
  return (
    !(metadata.ownerReferences ?? []).some(owner => owner.controller) &&
    metadata.deletionTimestamp === undefined &&
    // Without the label its pods could not be told from another revision's.
    metadata.labels?.[POD_TEMPLATE_HASH_LABEL] !== undefined
  );
}

function byAge(a: ReplicaSet, b: ReplicaSet): number {
  const [x, y] = [a.metadata, b.metadata];
  return (
    (x.creationTimestamp ?? '').localeCompare(y.creationTimestamp ?? '') ||
    x.name.localeCompare(y.name)
  );
}

/** A rollout's ReplicaSets as revisions, oldest first, and which of them are to be made its own. */
export function ownRevisions({ rollout, replicaSets }: RolloutSnapshot): {
  revisions: Revision[];
  orphans: ReplicaSet[];
} {
  const orphans = replicaSets.filter(isOrphan);
  const revisions = replicaSets
    .filter(each => isOwned(each, rollout) || orphans.includes(each))
    .sort(byAge)
    .map(toRevision);
  return { revisions, orphans };
}
