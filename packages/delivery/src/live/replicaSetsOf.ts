import type {
  ReplicaSet,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ClusterStores } from './clusterStores';

/** Whether every label that the selector asks for is on the object. */
function isSelected(replicaSet: ReplicaSet, rollout: Rollout): boolean {
  const wanted = Object.entries(rollout.spec?.selector?.matchLabels ?? {});
  const labels = replicaSet.metadata.labels ?? {};
  return (
    wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
  );
}

/** Those that the rollout owns, and orphans that its selector matches. */
export function replicaSetsOf(
  rollout: Rollout,
  { replicaSets }: Pick<ClusterStores, 'replicaSets'>,
): ReplicaSet[] {
  const { uid = '', namespace = '' } = rollout.metadata;
  return [
    ...replicaSets.byIndex('owner', uid),
    ...replicaSets
      .byIndex('orphan', namespace)
      .filter(orphan => isSelected(orphan, rollout)),
  ];
}
