import { StoredObject } from '../../api/clusterApi';

export interface Condition {
  type: string;
  status: 'True' | 'False' | 'Unknown';
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
  lastUpdateTime?: string;
  lastProbeTime?: string;
}

export const conditionOf = (
  object: StoredObject,
  type: string,
): Condition | undefined =>
  (object.status?.conditions as Condition[] | undefined)?.find(
    condition => condition.type === type,
  );

export const isTerminating = (object: StoredObject): boolean =>
  object.metadata.deletionTimestamp !== undefined;

export const isFinished = (pod: StoredObject): boolean =>
  pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** A pod that a ReplicaSet counts: neither finished nor on its way out. */
export const isActive = (pod: StoredObject): boolean =>
  !isFinished(pod) && !isTerminating(pod);

export const isReady = (pod: StoredObject): boolean =>
  conditionOf(pod, 'Ready')?.status === 'True';

/**
 * When the pod counts as available: ready for `minReadySeconds`. Undefined
 * while it is not ready. Milliseconds since the epoch.
 */
export function availableAt(
  pod: StoredObject,
  minReadySeconds: number,
): number | undefined {
  const ready = conditionOf(pod, 'Ready');
  if (ready?.status !== 'True') return undefined;
  if (minReadySeconds === 0) return 0;
  return Date.parse(ready.lastTransitionTime ?? '') + minReadySeconds * 1000;
}
