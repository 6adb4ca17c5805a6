import { Clock } from '../../api/clock';
import { ClusterApi, StoredObject } from '../../api/clusterApi';
import { createEventRecorder } from '../objects/eventRecorder';
import { controllerReference } from '../objects/ownership';
import { REPLICA_SETS } from '../objects/resources';
import { Bounds } from './bounds';
import {
  DESIRED,
  inheritedAnnotations,
  MOST,
  replicasOf,
  REVISION,
  revisionOf,
  total,
  withoutHash,
} from './revisions';
import { HASH_LABEL, templateHash } from './templateHash';

/**
 * Creates the ReplicaSet of the deployment's present template, as large as
 * the bounds allow at once.
 */
export function createRevision(
  api: ClusterApi,
  deployment: StoredObject,
  old: StoredObject[],
  { maxSurge }: Bounds,
  clock: Clock,
): StoredObject {
  const { metadata, spec } = deployment;
  const hash = templateHash(
    withoutHash(spec.template),
    deployment.status?.collisionCount ?? 0,
  );
  const wanted = replicasOf(deployment);
  const recreate = spec.strategy?.type === 'Recreate';
  const room = wanted + maxSurge - total(old, replicasOf);
  const replicas = recreate ? wanted : Math.max(0, Math.min(wanted, room));
  const labels = { ...spec.template.metadata?.labels, [HASH_LABEL]: hash };
  const replicaSet = api.create(REPLICA_SETS, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${metadata.name}-${hash}`,
      namespace: metadata.namespace,
      labels,
      annotations: {
        ...inheritedAnnotations(deployment),
        [REVISION]: String(nextRevision(old)),
        [DESIRED]: String(wanted),
        [MOST]: String(wanted + maxSurge),
      },
      ownerReferences: [controllerReference(deployment)],
    },
    spec: {
      replicas,
      minReadySeconds: spec.minReadySeconds,
      selector: {
        ...spec.selector,
        matchLabels: { ...spec.selector?.matchLabels, [HASH_LABEL]: hash },
      },
      template: {
        ...spec.template,
        metadata: { ...spec.template.metadata, labels },
      },
    },
  });
  const events = createEventRecorder(api, clock, 'deployment-controller');
  const message = `Scaled up replica set ${replicaSet.metadata.name} from 0 to ${replicas}`;
  events.record(deployment, 'Normal', 'ScalingReplicaSet', message);
  return replicaSet;
}

/**
 * The ReplicaSet of a template that was used before gets a new revision
 * number when it is used again; annotations and minReadySeconds follow.
 */
export function withRevision(
  api: ClusterApi,
  deployment: StoredObject,
  current: StoredObject,
  all: StoredObject[],
): StoredObject {
  const others = all.filter(one => one.metadata.uid !== current.metadata.uid);
  const highest = Math.max(0, ...others.map(revisionOf));
  const wanted = {
    ...inheritedAnnotations(deployment),
    ...(revisionOf(current) <= highest && { [REVISION]: String(highest + 1) }),
  };
  const annotations = current.metadata.annotations ?? {};
  const { minReadySeconds } = deployment.spec;
  const right =
    Object.entries(wanted).every(
      ([key, value]) => annotations[key] === value,
    ) && (current.spec.minReadySeconds ?? 0) === (minReadySeconds ?? 0);
  if (right) return current;
  const { name, namespace } = current.metadata;
  return api.patch(
    REPLICA_SETS,
    namespace,
    name,
    {
      metadata: { annotations: wanted },
      spec: { minReadySeconds: minReadySeconds ?? null },
    },
    { type: 'merge' },
  );
}

function nextRevision(all: StoredObject[]): number {
  return Math.max(0, ...all.map(revisionOf)) + 1;
}
