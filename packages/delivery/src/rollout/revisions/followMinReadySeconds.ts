import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { RolloutContext } from '../context';

/** A changed minReadySeconds makes no new revision: the current one follows. */
export function followMinReadySeconds({
  current,
  rollout,
  draft,
}: RolloutContext): void {
  const wanted = rollout.spec.minReadySeconds ?? 0;
  const { replicaSet, exists } = current;
  if (!exists || (replicaSet.spec.minReadySeconds ?? 0) === wanted) return;
  draft.patch(
    RESOURCES.replicaSets,
    replicaSet,
    { spec: { minReadySeconds: wanted } },
    `pods of ${replicaSet.metadata.name} count when they are ready for ${wanted} s`,
  );
}
