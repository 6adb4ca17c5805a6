import { StoredObject } from '../../api/clusterApi';
import { availableAt, isActive, isReady, isTerminating } from '../objects/pod';
import { equalJson as same } from '../../storage/equalJson';

export interface ReplicaSetPlan {
  /** Pods to create. */
  create: number;
  /** Pods to delete, in this order. */
  remove: StoredObject[];
  /** The whole new status, or undefined where it is right already. */
  status?: Record<string, unknown>;
  /** When a ready pod becomes available, milliseconds since the epoch. */
  wakeAt?: number;
}

/**
 * Decides about one ReplicaSet and the pods that it owns. Pure.
 * Rules: Kubernetes documentation, "ReplicaSet" ("Scaling a ReplicaSet"
 * gives the order of deletion).
 */
export function planReplicaSet(
  replicaSet: StoredObject,
  owned: StoredObject[],
  now: number,
): ReplicaSetPlan {
  const active = owned.filter(isActive);
  const wanted = replicaSet.spec.replicas ?? 1;
  const missing = isTerminating(replicaSet) ? 0 : wanted - active.length;

  const status = statusOf(replicaSet, active, now);
  return {
    create: Math.max(0, missing),
    remove: missing < 0 ? [...active].sort(firstToGo).slice(0, -missing) : [],
    ...(!same(status.status, replicaSet.status) && { status: status.status }),
    wakeAt: status.wakeAt,
  };
}

function statusOf(
  replicaSet: StoredObject,
  active: StoredObject[],
  now: number,
): { status: Record<string, unknown>; wakeAt?: number } {
  const minReadySeconds = replicaSet.spec.minReadySeconds ?? 0;
  const labels = Object.entries(
    (replicaSet.spec.template?.metadata?.labels ?? {}) as Record<
      string,
      string
    >,
  );
  let available = 0;
  let wakeAt: number | undefined;
  for (const pod of active) {
    const at = availableAt(pod, minReadySeconds);
    if (at === undefined) continue;
    if (at <= now) available++;
    else wakeAt = Math.min(wakeAt ?? at, at);
  }
  const status = {
    replicas: active.length,
    fullyLabeledReplicas: active.filter(pod =>
      labels.every(([key, value]) => pod.metadata.labels?.[key] === value),
    ).length,
    readyReplicas: active.filter(isReady).length,
    availableReplicas: available,
    observedGeneration: replicaSet.metadata.generation,
    conditions: replicaSet.status?.conditions,
  };
  return { status: withoutZeroes(status), wakeAt };
}

/** Counts of zero are left out, except `replicas`, as in Kubernetes' JSON. */
function withoutZeroes(
  status: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(status).filter(
      ([key, value]) =>
        value !== undefined && (value !== 0 || key === 'replicas'),
    ),
  );
}

const PHASES = ['Pending', 'Unknown', 'Running'];

/** Sorts pods so that the least valuable comes first. */
function firstToGo(left: StoredObject, right: StoredObject): number {
  return (
    Number(!!left.spec.nodeName) - Number(!!right.spec.nodeName) ||
    PHASES.indexOf(left.status?.phase ?? 'Pending') -
      PHASES.indexOf(right.status?.phase ?? 'Pending') ||
    Number(isReady(left)) - Number(isReady(right)) ||
    deletionCost(left) - deletionCost(right) ||
    (availableAt(right, 1) ?? 0) - (availableAt(left, 1) ?? 0) ||
    restarts(right) - restarts(left) ||
    Date.parse(right.metadata.creationTimestamp) -
      Date.parse(left.metadata.creationTimestamp) ||
    (left.metadata.name < right.metadata.name ? 1 : -1)
  );
}

function deletionCost(pod: StoredObject): number {
  return (
    Number(
      pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'],
    ) || 0
  );
}

function restarts(pod: StoredObject): number {
  return Math.max(
    0,
    ...(
      (pod.status?.containerStatuses ?? []) as { restartCount?: number }[]
    ).map(container => container.restartCount ?? 0),
  );
}
