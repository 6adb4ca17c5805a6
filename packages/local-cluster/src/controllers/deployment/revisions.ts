import { StoredObject } from '../../api/clusterApi';
import { equalJson } from '../../storage/equalJson';
import { HASH_LABEL } from './templateHash';

export const REVISION = 'deployment.kubernetes.io/revision';
export const DESIRED = 'deployment.kubernetes.io/desired-replicas';
export const MOST = 'deployment.kubernetes.io/max-replicas';
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** A template without the label that the controller adds. */
export function withoutHash(template: any): unknown {
  const { [HASH_LABEL]: _, ...labels } = template?.metadata?.labels ?? {};
  const { creationTimestamp: __, ...metadata } = template?.metadata ?? {};
  return { ...template, metadata: { ...metadata, labels } };
}

/** The ReplicaSet of the deployment's present template: the oldest, if there were two. */
export const newReplicaSetOf = (
  deployment: StoredObject,
  replicaSets: StoredObject[],
): StoredObject | undefined =>
  byAge(replicaSets).find(replicaSet =>
    equalJson(
      withoutHash(replicaSet.spec.template),
      withoutHash(deployment.spec.template),
    ),
  );

export function byAge(objects: StoredObject[]): StoredObject[] {
  return [...objects].sort(
    (left, right) =>
      Date.parse(left.metadata.creationTimestamp) -
        Date.parse(right.metadata.creationTimestamp) ||
      (left.metadata.name < right.metadata.name ? -1 : 1),
  );
}

export const revisionOf = (object: StoredObject): number =>
  Number(object.metadata.annotations?.[REVISION]) || 0;

export const replicasOf = (object: StoredObject): number =>
  object.spec.replicas ?? 1;

/** Its status may still count pods that it no longer wants. */
export const availableOf = (object: StoredObject): number =>
  Math.min(object.status?.availableReplicas ?? 0, replicasOf(object));

export const total = (
  objects: StoredObject[],
  count: (object: StoredObject) => number,
): number => objects.reduce((sum, object) => sum + count(object), 0);

/** The deployment's annotations that its ReplicaSets take over. */
export function inheritedAnnotations(
  deployment: StoredObject,
): Record<string, string> {
  const own = [LAST_APPLIED, REVISION, DESIRED, MOST];
  return Object.fromEntries(
    Object.entries(deployment.metadata.annotations ?? {}).filter(
      ([key]) => !own.includes(key),
    ),
  );
}
