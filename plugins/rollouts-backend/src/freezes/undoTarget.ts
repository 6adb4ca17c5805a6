import {
  POD_TEMPLATE_HASH_LABEL,
  REVISION_ANNOTATION,
  defaultUndo,
  type ReplicaSet,
  type RevisionOutcome,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/**
 * The pod hash of the revision that an undo brings back: the one that is asked
 * for, or the default before `currentHash`.
 */
export function undoTarget(
  replicaSets: readonly ReplicaSet[],
  currentHash: string | undefined,
  toRevision: number | undefined,
  outcomes?: ReadonlyMap<string, RevisionOutcome>,
): string | undefined {
  const revisions = replicaSets
    .map(({ metadata }) => ({
      revision: Number(metadata.annotations?.[REVISION_ANNOTATION]),
      hash: metadata.labels?.[POD_TEMPLATE_HASH_LABEL],
    }))
    .filter(({ revision }) => Number.isInteger(revision))
    .map(each => ({ ...each, outcome: outcomes?.get(each.hash ?? '') }));
  if (toRevision !== undefined) {
    return revisions.find(({ revision }) => revision === toRevision)?.hash;
  }
  const current = revisions.find(({ hash }) => hash === currentHash);
  return defaultUndo(revisions, current?.revision)?.hash;
}
