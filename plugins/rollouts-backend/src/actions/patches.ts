import type {
  KubeObject,
  PlannedPatch,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { Workload } from './ActionContext';

const ROLLOUTS = 'rollouts.argoproj.io';

/** One operation of a JSON patch (RFC 6902). */
export type JsonPatchOperation = {
  op: 'test' | 'replace';
  path: string;
  value: unknown;
};

/** A merge patch of the rollout's status subresource. */
export function statusPatch(
  { metadata }: Rollout,
  status: Record<string, unknown>,
): PlannedPatch {
  return {
    resource: ROLLOUTS,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    subresource: 'status',
    type: 'merge',
    patch: { status },
  };
}

/** A merge patch of the rollout itself. */
export function specPatch(
  { metadata }: Rollout,
  spec: Record<string, unknown>,
): PlannedPatch {
  return {
    resource: ROLLOUTS,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    type: 'merge',
    patch: { spec },
  };
}

/** A JSON patch of the object that holds the pod template. */
export function templatePatch(
  { resource, object }: TemplateHolder,
  operations: JsonPatchOperation[],
): PlannedPatch {
  return {
    resource,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name,
    type: 'json',
    patch: operations,
  };
}

/** `spec.paused: false`, when the rollout was paused by hand. */
export function unpause(rollout: Rollout): PlannedPatch[] {
  return rollout.spec.paused ? [specPatch(rollout, { paused: false })] : [];
}

/** The object whose template makes the pods. */
export interface TemplateHolder {
  resource: string;
  object: KubeObject & { spec?: Workload['spec'] };
}

/** Where the pod template is: in the rollout or in its workload. */
export function templateHolder(
  rollout: Rollout,
  workload: Workload | undefined,
): TemplateHolder | undefined {
  if (!rollout.spec.workloadRef) {
    return { resource: ROLLOUTS, object: rollout };
  }
  return workload && { resource: 'deployments.apps', object: workload };
}
