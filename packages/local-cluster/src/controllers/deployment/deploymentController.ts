import { ApiError } from '../../api/apiError';
import { ClusterApi, StoredObject } from '../../api/clusterApi';
import { matchesSelector } from '../../selectors/objectSelector';
import { equalJson } from '../../storage/equalJson';
import { Controller, ControllerContext } from '../controller';
import { createEventRecorder, EventRecorder } from '../objects/eventRecorder';
import { keyOf, splitKey } from '../objects/key';
import {
  controllerOf,
  controllerReference,
  isControlledBy,
} from '../objects/ownership';
import { isFinished, isTerminating } from '../objects/pod';
import { DEPLOYMENTS, PODS, REPLICA_SETS } from '../objects/resources';
import { Bounds, boundsOf } from './bounds';
import { createRevision, withRevision } from './createRevision';
import {
  planProportional,
  planRecreate,
  planRollingUpdate,
  Scaling,
} from './planScaling';
import { planStatus } from './planStatus';
import {
  DESIRED,
  MOST,
  newReplicaSetOf,
  replicasOf,
  REVISION,
  revisionOf,
} from './revisions';

/**
 * Rolls deployments from one template to the next.
 *
 * Implemented: RollingUpdate with maxSurge and maxUnavailable, Recreate,
 * paused, proportional scaling, revision and rollback by template,
 * revisionHistoryLimit, progressDeadlineSeconds, conditions, adoption of
 * ReplicaSets, Events. Not implemented: the deprecated rollbackTo.
 */
export function deploymentController(context: ControllerContext): Controller {
  const { api, clock } = context;
  const events = createEventRecorder(api, clock, 'deployment-controller');

  function reconcile(key: string) {
    const { namespace, name } = splitKey(key);
    const deployment = api.find(DEPLOYMENTS, namespace, name);
    if (!deployment || isTerminating(deployment)) return undefined;
    const bounds = boundsOf(deployment);
    let replicaSets = claimReplicaSets(api, deployment);
    let current = newReplicaSetOf(deployment, replicaSets);
    let { collisionCount } = deployment.status ?? {};

    if (!deployment.spec.paused) {
      current = current && withRevision(api, deployment, current, replicaSets);
      if (!current && !mustWait(api, deployment, replicaSets)) {
        try {
          current = createRevision(api, deployment, replicaSets, bounds, clock);
        } catch (error) {
          if (!(
            error instanceof ApiError && error.reason === 'AlreadyExists'
          )) {
            throw error;
          }
          // The name is taken by another template: the next hash is another.
          collisionCount = (collisionCount ?? 0) + 1;
        }
      }
      if (current) markRevision(api, deployment, current);
    }
    const { uid } = current?.metadata ?? {};
    const old = replicaSets.filter(({ metadata }) => metadata.uid !== uid);
    replicaSets = current ? [...old, current] : old;

    for (const scaling of scalings(api, deployment, current, old, bounds)) {
      scale(api, events, deployment, scaling, bounds);
    }
    if (!deployment.spec.paused) removeOld(api, deployment, current, old);
    const { status, wakeAt } = planStatus(
      deployment,
      current,
      replicaSets,
      bounds,
      collisionCount,
      clock.now(),
    );
    if (!equalJson(status, deployment.status)) {
      api.patch(DEPLOYMENTS, namespace, name, erasing(deployment, status), {
        type: 'merge',
        subresource: 'status',
      });
    }
    return { wakeAt };
  }

  return {
    name: 'deployment-controller',
    observe: enqueue => [
      api.watch(DEPLOYMENTS, ({ object }) => enqueue(keyOf(object))),
      api.watch(REPLICA_SETS, ({ object }) => {
        const owner = controllerOf(object);
        const { namespace } = object.metadata;
        if (owner?.kind === 'Deployment') enqueue(`${namespace}/${owner.name}`);
      }),
      // Recreate waits for the last old pod to be gone.
      api.watch(PODS, ({ type, object }) => {
        if (type !== 'DELETED') return;
        const { namespace } = object.metadata;
        const owner = controllerOf(object);
        const replicaSet =
          owner?.kind === 'ReplicaSet' &&
          api.find(REPLICA_SETS, namespace, owner.name);
        const parent = replicaSet && controllerOf(replicaSet);
        if (parent) enqueue(`${namespace}/${parent.name}`);
      }),
    ],
    reconcile,
  };
}

/** A merge patch of the status in which counts that are zero again go away. */
function erasing(deployment: StoredObject, status: Record<string, unknown>) {
  return {
    status: {
      ...Object.fromEntries(
        Object.keys(deployment.status ?? {}).map(field => [field, null]),
      ),
      ...status,
    },
  };
}

function claimReplicaSets(
  api: ClusterApi,
  deployment: StoredObject,
): StoredObject[] {
  const { namespace } = deployment.metadata;
  return api.list(REPLICA_SETS, { namespace }).flatMap(replicaSet => {
    if (isControlledBy(replicaSet, deployment)) return [replicaSet];
    const { labels, ownerReferences } = replicaSet.metadata;
    const fits = matchesSelector(deployment.spec.selector, labels);
    if (!fits || controllerOf(replicaSet) || isTerminating(replicaSet)) {
      return [];
    }
    const owners = [
      ...(ownerReferences ?? []),
      controllerReference(deployment),
    ];
    return [
      api.update(REPLICA_SETS, {
        ...replicaSet,
        metadata: { ...replicaSet.metadata, ownerReferences: owners },
      }),
    ];
  });
}

/** With Recreate, no new ReplicaSet before the last old pod is gone. */
function mustWait(
  api: ClusterApi,
  deployment: StoredObject,
  old: StoredObject[],
): boolean {
  return (
    deployment.spec.strategy?.type === 'Recreate' &&
    (old.some(replicaSet => replicasOf(replicaSet) > 0) ||
      podsOf(api, deployment, old) > 0)
  );
}

function podsOf(
  api: ClusterApi,
  deployment: StoredObject,
  replicaSets: StoredObject[],
): number {
  const uids = new Set(replicaSets.map(({ metadata }) => metadata.uid));
  const { namespace } = deployment.metadata;
  return api
    .list(PODS, { namespace })
    .filter(pod => !isFinished(pod) && uids.has(controllerOf(pod)?.uid ?? ''))
    .length;
}

function scalings(
  api: ClusterApi,
  deployment: StoredObject,
  current: StoredObject | undefined,
  old: StoredObject[],
  bounds: Bounds,
): Scaling[] {
  const all = current ? [...old, current] : old;
  const proportional = planProportional(deployment, all, bounds);
  if (proportional) return proportional;
  if (deployment.spec.paused) return [];
  if (deployment.spec.strategy?.type === 'Recreate') {
    const pods = podsOf(api, deployment, old);
    return planRecreate(deployment, current, old, pods);
  }
  return current ? planRollingUpdate(deployment, current, old, bounds) : [];
}

function scale(
  api: ClusterApi,
  events: EventRecorder,
  deployment: StoredObject,
  { replicaSet, replicas }: Scaling,
  { maxSurge }: Bounds,
): void {
  const { name, namespace } = replicaSet.metadata;
  const before = replicasOf(replicaSet);
  const annotations = {
    [DESIRED]: String(replicasOf(deployment)),
    [MOST]: String(replicasOf(deployment) + maxSurge),
  };
  const patch = { metadata: { annotations }, spec: { replicas } };
  api.patch(REPLICA_SETS, namespace, name, patch, { type: 'merge' });
  if (replicas === before) return;
  const way = replicas > before ? 'up' : 'down';
  const message = `Scaled ${way} replica set ${name} from ${before} to ${replicas}`;
  events.record(deployment, 'Normal', 'ScalingReplicaSet', message);
}

function markRevision(
  api: ClusterApi,
  deployment: StoredObject,
  current: StoredObject,
): void {
  const { name, namespace } = deployment.metadata;
  const revision = String(revisionOf(current));
  if (deployment.metadata.annotations?.[REVISION] === revision) return;
  const patch = { metadata: { annotations: { [REVISION]: revision } } };
  api.patch(DEPLOYMENTS, namespace, name, patch, { type: 'merge' });
}

/** Old ReplicaSets without pods, beyond the limit, oldest revision first. */
function removeOld(
  api: ClusterApi,
  deployment: StoredObject,
  current: StoredObject | undefined,
  old: StoredObject[],
): void {
  if (!current || replicasOf(current) !== replicasOf(deployment)) return;
  const limit = deployment.spec.revisionHistoryLimit ?? 10;
  const empty = old
    .filter(
      replicaSet =>
        replicasOf(replicaSet) === 0 &&
        !replicaSet.status?.replicas &&
        !isTerminating(replicaSet),
    )
    .sort((left, right) => revisionOf(left) - revisionOf(right));
  for (const { metadata } of empty.slice(0, Math.max(0, old.length - limit))) {
    api.delete(REPLICA_SETS, metadata.namespace, metadata.name);
  }
}
