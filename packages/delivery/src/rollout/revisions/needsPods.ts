import {
  EPHEMERAL_METADATA_ANNOTATION,
  type ReplicaSet,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Whether a ReplicaSet's pods were given labels or annotations of a role. */
export function isEphemeral({ metadata }: ReplicaSet): boolean {
  return metadata.annotations?.[EPHEMERAL_METADATA_ANNOTATION] !== undefined;
}

/**
 * Whether decisions on a rollout with these ReplicaSets look at single pods:
 * for labels and annotations of a role, and for a restart. For all else the
 * counts of its ReplicaSets are enough. Never throws, whatever the spec has.
 */
export function needsPods(
  rollout: Pick<Partial<Rollout>, 'spec' | 'status'>,
  replicaSets: readonly ReplicaSet[],
): boolean {
  const { strategy, restartAt } = rollout.spec ?? {};
  return (
    [
      strategy?.canary?.canaryMetadata,
      strategy?.canary?.stableMetadata,
      strategy?.blueGreen?.previewMetadata,
      strategy?.blueGreen?.activeMetadata,
    ].some(metadata => (metadata ?? undefined) !== undefined) ||
    ((restartAt ?? undefined) !== undefined &&
      restartAt !== rollout.status?.restartedAt) ||
    replicaSets.some(isEphemeral)
  );
}
