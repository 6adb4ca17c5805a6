import type { ReplicaSet } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { RolloutContext } from '../context';
import { ownerReference } from './ownerReference';

/** Takes over ReplicaSets that the selector matches and nobody owns. */
export function adoptOrphans(
  { rollout, draft }: RolloutContext,
  orphans: ReplicaSet[],
): void {
  for (const orphan of orphans) {
    draft.patch(
      RESOURCES.replicaSets,
      orphan,
      {
        metadata: {
          ownerReferences: [
            ...(orphan.metadata.ownerReferences ?? []),
            ownerReference(rollout),
          ],
        },
      },
      `adopted ReplicaSet ${orphan.metadata.name}: the selector matches and nobody owns it`,
    );
  }
}
