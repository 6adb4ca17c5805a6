import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { RolloutContext } from '../context';

interface Scalable extends KubeObject {
  spec?: { replicas?: number };
}

/**
 * What the Deployment is to have left, or `undefined` while that is not this
 * rollout's to say: before its first pods are ready, and after it was stable
 * once, because whoever migrates back scales the Deployment up by hand.
 */
function wantedReplicas(context: RolloutContext): number | undefined {
  const { rollout, before, draft, replicas, current } = context;
  const { scaleDown } = rollout.spec.workloadRef ?? {};
  const isStable = draft.status.stableRS !== undefined;
  const isFirst =
    before.stableRS === undefined ||
    (current.number === 1 && before.stableRS === current.hash);
  if (!isFirst) return undefined;
  if (isStable) return current.available >= replicas ? 0 : undefined;
  if (scaleDown !== 'progressively' || current.ready === 0) return undefined;
  return Math.max(0, replicas - current.ready);
}

/**
 * Scales the Deployment down that the rollout takes over from: at once when
 * the first revision is stable, or pod by pod as its pods become ready.
 * Source: docs, migrating, `workloadRef.scaleDown`.
 */
export function scaleWorkload(context: RolloutContext): void {
  const { rollout, snapshot, draft } = context;
  const { scaleDown, kind } = rollout.spec.workloadRef ?? {};
  const workload = snapshot.workload as Scalable | undefined;
  if (!workload || kind !== 'Deployment') return;
  if (scaleDown !== 'onsuccess' && scaleDown !== 'progressively') return;
  const wanted = wantedReplicas(context);
  const has = workload.spec?.replicas ?? 1;
  if (wanted === undefined || wanted === has) return;
  draft.patch(
    RESOURCES.deployments,
    workload,
    { spec: { replicas: wanted } },
    `scaled Deployment ${workload.metadata.name} from ${has} to ${wanted}: ${
      wanted === 0
        ? 'the rollout serves everybody'
        : `${context.current.ready} pods of the rollout are ready`
    }`,
  );
}
