import type {
  KubeObject,
  PodTemplateSpec,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutSnapshot } from '../snapshot';

/** The pod template: the rollout's own, or that of the workload it refers to. */
export function resolveTemplate({
  rollout,
  workload,
}: RolloutSnapshot): PodTemplateSpec | undefined {
  if (!rollout.spec.workloadRef) return rollout.spec.template;
  const spec = (
    workload as
      (KubeObject & { spec?: { template?: PodTemplateSpec } }) | undefined
  )?.spec;
  return spec?.template;
}
