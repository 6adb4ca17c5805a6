import {
  POD_TEMPLATE_HASH_LABEL,
  REVISION_ANNOTATION,
  type ReplicaSet,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * The pod hash of the revision that an undo brings back: the one that is asked
 * for, or the one before `currentHash`.
 */
export function undoTarget(
  replicaSets: readonly ReplicaSet[],
  currentHash: string | undefined,
  toRevision: number | undefined,
): string | undefined {
  const revisions = replicaSets
    .map(({ metadata }) => ({
      revision: Number(metadata.annotations?.[REVISION_ANNOTATION]),
      hash: metadata.labels?.[POD_TEMPLATE_HASH_LABEL],
    }))
    .filter(({ revision }) => Number.isInteger(revision))
    .sort((a, b) => b.revision - a.revision);
  if (toRevision !== undefined) {
    return revisions.find(({ revision }) => revision === toRevision)?.hash;
  }
  const current = revisions.findIndex(({ hash }) => hash === currentHash);
  return revisions[Math.max(current, 0) + 1]?.hash;
}
