import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { RolloutContext } from '../context';
import { isReferred } from '../services/references';

/** Source: specification, revisionHistoryLimit. */
const DEFAULT_LIMIT = 10;

/** Deletes empty ReplicaSets beyond the history limit, oldest first. */
export function forgetOldRevisions(context: RolloutContext): void {
  const { others, rollout, draft } = context;
  const limit = rollout.spec.revisionHistoryLimit ?? DEFAULT_LIMIT;
  const empty = others
    .filter(
      ({ replicas, actual, replicaSet }) =>
        replicas === 0 &&
        actual === 0 &&
        replicaSet.metadata.deletionTimestamp === undefined,
    )
    .sort((a, b) => a.number - b.number);
  for (const revision of empty.slice(0, Math.max(0, others.length - limit))) {
    if (isReferred(context, revision)) continue;
    draft.remove(
      'delete',
      RESOURCES.replicaSets,
      revision.replicaSet,
      `deleted ReplicaSet ${revision.replicaSet.metadata.name}: beyond the history limit of ${limit}`,
    );
  }
}
