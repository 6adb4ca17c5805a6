import type {
  ContainerStatus,
  KubeObject,
  ObjectMeta,
  Pod,
  ReplicaSet,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { AnyObject } from '@progressive-delivery/kube';

/**
 * What the mirror keeps of each object. A fleet has ten times more pods than
 * rollouts, so of a pod only what a page shows is kept.
 */

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

export function keepAll<T extends KubeObject>(object: AnyObject): T {
  const { managedFields: _, ...metadata } = object.metadata as ObjectMeta & {
    managedFields?: unknown;
  };
  const { [LAST_APPLIED]: __, ...annotations } = metadata.annotations ?? {};
  // The API server sent it as this kind; readers below take nothing for granted.
  return {
    ...object,
    metadata: metadata.annotations ? { ...metadata, annotations } : metadata,
  } as unknown as T;
}

export function keepPod(object: AnyObject): Pod {
  const { metadata } = object;
  const status = object.status ?? {};
  return {
    metadata: identity(metadata),
    spec: { containers: [] },
    status: {
      phase: status.phase,
      reason: status.reason,
      message: status.message,
      conditions: (status.conditions ?? []).filter(
        (condition: { type?: string }) => condition.type === 'Ready',
      ),
      containerStatuses: [
        ...(status.initContainerStatuses ?? []).filter(isWaiting),
        ...(status.containerStatuses ?? []),
      ].map(keepContainerStatus),
    },
  };
}

export function keepReplicaSet(object: AnyObject): ReplicaSet {
  const { metadata, spec = {}, status } = object;
  return {
    metadata: {
      ...identity(metadata),
      labels: metadata.labels,
      annotations: keepAll<ReplicaSet>(object).metadata.annotations,
    },
    spec: {
      replicas: spec.replicas,
      selector: {},
      template: {
        spec: {
          containers: (spec.template?.spec?.containers ?? []).map(
            (container: { name: string; image?: string }) => ({
              name: container.name,
              image: container.image,
            }),
          ),
        },
      },
    },
    status,
  };
}

/** Enough to know that it is there and whose it is. */
export function keepIdentity(object: AnyObject): KubeObject {
  return { metadata: identity(object.metadata) };
}

function identity(metadata: ObjectMeta): ObjectMeta {
  const {
    name,
    namespace,
    uid,
    resourceVersion,
    creationTimestamp,
    deletionTimestamp,
    ownerReferences,
  } = metadata;
  return {
    name,
    namespace,
    uid,
    resourceVersion,
    creationTimestamp,
    deletionTimestamp,
    ownerReferences,
  };
}

function isWaiting(status: ContainerStatus): boolean {
  return status.state?.waiting !== undefined;
}

function keepContainerStatus(status: ContainerStatus): ContainerStatus {
  return {
    name: status.name,
    ready: status.ready,
    restartCount: status.restartCount,
    state: status.state,
  };
}
