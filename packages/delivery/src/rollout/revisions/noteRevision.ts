import {
  REVISION_ANNOTATION,
  REVISION_HISTORY_ANNOTATION,
  WORKLOAD_GENERATION_ANNOTATION,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { RolloutContext } from '../context';

/**
 * Keeps the current revision the one with the highest number: a template that
 * comes back gets a new number, and its ReplicaSet remembers the old ones.
 */
export function noteRevision(context: RolloutContext): void {
  const { current, stable, others, rollout, draft } = context;
  const rest = [...others, ...(stable && stable !== current ? [stable] : [])];
  const highest = Math.max(0, ...rest.map(each => each.number));
  if (current.exists && current.number <= highest) {
    const number = highest + 1;
    const history =
      current.replicaSet.metadata.annotations?.[REVISION_HISTORY_ANNOTATION];
    draft.patch(
      RESOURCES.replicaSets,
      current.replicaSet,
      {
        metadata: {
          annotations: {
            [REVISION_ANNOTATION]: String(number),
            ...(current.number > 0
              ? {
                  [REVISION_HISTORY_ANNOTATION]: [history, current.number]
                    .filter(Boolean)
                    .join(','),
                }
              : {}),
          },
        },
      },
      `revision ${current.number} is wanted again: it becomes revision ${number}`,
    );
    current.number = number;
  }
  const { annotations = {} } = rollout.metadata;
  const generation = context.snapshot.workload?.metadata.generation;
  const notes: Record<string, string> = {
    [REVISION_ANNOTATION]: String(current.number),
    ...(rollout.spec.workloadRef && generation !== undefined
      ? { [WORKLOAD_GENERATION_ANNOTATION]: String(generation) }
      : {}),
  };
  const isNew = annotations[REVISION_ANNOTATION] !== String(current.number);
  if (
    Object.entries(notes).some(([key, value]) => annotations[key] !== value)
  ) {
    draft.patch(
      RESOURCES.rollouts,
      rollout,
      { metadata: { annotations: notes } },
      isNew
        ? `the rollout is at revision ${current.number}`
        : `generation ${generation} of the workload is seen`,
    );
  }
  if (isNew) {
    draft.event(
      'RolloutUpdated',
      `Rollout updated to revision ${current.number}`,
    );
  }
}
