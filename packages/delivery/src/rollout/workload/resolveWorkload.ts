import type {
  KubeObject,
  LabelSelector,
  PodTemplateSpec,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutSnapshot } from '../snapshot';

/** A Deployment or ReplicaSet; a PodTemplate has its template on top. */
interface Workload extends KubeObject {
  spec?: {
    replicas?: number;
    template?: PodTemplateSpec;
    selector?: LabelSelector;
  };
  template?: PodTemplateSpec;
}

/** Kinds that `spec.workloadRef` may name: docs, migrating. */
export const WORKLOAD_KINDS = ['Deployment', 'ReplicaSet', 'PodTemplate'];

/** The pod template: the rollout's own, or that of the workload it refers to. */
export function resolveTemplate({
  rollout,
  workload,
}: Pick<RolloutSnapshot, 'rollout' | 'workload'>): PodTemplateSpec | undefined {
  const { workloadRef, template } = rollout.spec;
  if (!workloadRef) return template;
  const found = workload as Workload | undefined;
  return workloadRef.kind === 'PodTemplate'
    ? found?.template
    : found?.spec?.template;
}

/** The selector: the rollout's own, or else that of the workload. */
function resolveSelector({
  rollout,
  workload,
}: RolloutSnapshot): LabelSelector | undefined {
  const { workloadRef, selector } = rollout.spec;
  if (selector || !workloadRef) return selector;
  const found = workload as Workload | undefined;
  if (workloadRef.kind !== 'PodTemplate') return found?.spec?.selector;
  const labels = found?.template?.metadata?.labels;
  return labels && { matchLabels: labels };
}

/** The snapshot with the selector that counts in the rollout's place for it. */
export function withSelector(snapshot: RolloutSnapshot): RolloutSnapshot {
  const selector = resolveSelector(snapshot);
  const { rollout } = snapshot;
  return selector === rollout.spec?.selector
    ? snapshot
    : {
        ...snapshot,
        rollout: { ...rollout, spec: { ...rollout.spec, selector } },
      };
}
