import type {
  Container,
  ContainerStatus,
  KubeObject,
  ObjectMeta,
  Pod,
  PodTemplateSpec,
  ReplicaSet,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { AnyObject } from '@progressive-delivery/kube';

/**
 * What the mirror keeps of each object. A fleet has ten times more pods than
 * rollouts, so of a pod only what a page shows is kept.
 */

/** The same for nearly all pods, so there is one of each. */
const NO_SPEC = { containers: [] };
const NO_SELECTOR = {};
const READY = [{ type: 'Ready', status: 'True' as const }];
const NOT_READY = [{ type: 'Ready', status: 'False' as const }];
const RUNNING = { running: {} };

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

/** Without what the pods are made of: of the template only labels and images are shown. */
export function keepRollout(object: AnyObject): Rollout {
  const rollout = keepAll<Rollout>(object);
  const { spec } = rollout;
  return spec?.template
    ? { ...rollout, spec: { ...spec, template: keepTemplate(spec.template) } }
    : rollout;
}

export function keepPod(object: AnyObject): Pod {
  const { metadata } = object;
  const status = object.status ?? {};
  const ready = (status.conditions ?? []).find(
    (condition: { type?: string }) => condition.type === 'Ready',
  );
  return {
    metadata: identity(metadata),
    spec: NO_SPEC,
    status: {
      phase: status.phase,
      reason: status.reason,
      message: status.message,
      conditions: ready?.status === 'True' ? READY : NOT_READY,
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
      selector: NO_SELECTOR,
      template: { spec: keepPodSpec(spec.template?.spec) },
    },
    status: status && {
      readyReplicas: status.readyReplicas,
      availableReplicas: status.availableReplicas,
    },
  };
}

function keepTemplate(template: PodTemplateSpec): PodTemplateSpec {
  return { metadata: template.metadata, spec: keepPodSpec(template.spec) };
}

const CONTAINER_LISTS = [
  'containers',
  'initContainers',
  'ephemeralContainers',
] as const;

function keepPodSpec(spec: PodTemplateSpec['spec'] | undefined) {
  const kept: PodTemplateSpec['spec'] = { containers: [] };
  for (const list of CONTAINER_LISTS) {
    const containers: unknown = spec?.[list];
    if (Array.isArray(containers)) {
      kept[list] = containers.map(({ name, image }: Container) => ({
        name,
        image,
      }));
    }
  }
  return kept;
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
    ownerReferences = [],
  } = metadata;
  const owner =
    ownerReferences.find(({ controller }) => controller) ?? ownerReferences[0];
  return {
    name,
    namespace,
    uid,
    resourceVersion,
    creationTimestamp,
    deletionTimestamp,
    ownerReferences: owner && [owner],
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
    state: status.state?.running ? RUNNING : status.state,
  };
}
