import type {
  ReplicaSet,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { isEphemeral } from '../metadata/ephemeralMetadata';
import { hasRoleMetadata } from '../metadata/roleMetadata';
import { asksForRestart } from '../restart/asksForRestart';

/**
 * Whether decisions on a rollout with these ReplicaSets look at single pods:
 * for labels and annotations of a role, and for a restart. For all else the
 * counts of its ReplicaSets are enough. Never throws, whatever the spec has.
 */
export function needsPods(
  rollout: Rollout,
  replicaSets: readonly ReplicaSet[],
): boolean {
  return (
    hasRoleMetadata(rollout) ||
    asksForRestart(rollout) ||
    replicaSets.some(isEphemeral)
  );
}
