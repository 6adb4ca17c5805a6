import { ClusterApi, StoredObject } from '../../api/clusterApi';
import { matchesSelector } from '../../selectors/objectSelector';
import { Controller, ControllerContext } from '../controller';
import { createEventRecorder } from '../objects/eventRecorder';
import { keyOf, splitKey } from '../objects/key';
import {
  controllerOf,
  controllerReference,
  isControlledBy,
} from '../objects/ownership';
import { isTerminating } from '../objects/pod';
import { PODS, REPLICA_SETS } from '../objects/resources';
import { planReplicaSet } from './planReplicaSet';

/** Creations per reconcile at most; the rest follow in the next. */
const BURST = 500;

/**
 * Keeps as many pods as each ReplicaSet wants.
 *
 * Implemented: creation, deletion in the documented order, adoption of
 * matching orphans, release of pods whose labels no longer match, status with
 * minReadySeconds, Events. Not implemented: spreading deletions over nodes
 * (there is one node), slow-start batches.
 */
export function replicaSetController(context: ControllerContext): Controller {
  const { api, clock } = context;
  const events = createEventRecorder(api, clock, 'replicaset-controller');

  function reconcile(key: string) {
    const { namespace, name } = splitKey(key);
    const replicaSet = api.find(REPLICA_SETS, namespace, name);
    if (!replicaSet) return undefined;
    const owned = claimPods(api, replicaSet);
    const plan = planReplicaSet(replicaSet, owned, clock.now());
    for (let n = 0; n < Math.min(plan.create, BURST); n++) {
      const pod = api.create(PODS, podOf(replicaSet));
      const message = `Created pod: ${pod.metadata.name}`;
      events.record(replicaSet, 'Normal', 'SuccessfulCreate', message);
    }
    for (const pod of plan.remove) {
      const { uid } = pod.metadata;
      api.delete(PODS, namespace, pod.metadata.name, {
        preconditions: { uid },
      });
      const message = `Deleted pod: ${pod.metadata.name}`;
      events.record(replicaSet, 'Normal', 'SuccessfulDelete', message);
    }
    if (plan.status) {
      api.update(
        REPLICA_SETS,
        { ...replicaSet, status: plan.status },
        { subresource: 'status' },
      );
    }
    return { wakeAt: plan.wakeAt };
  }

  return {
    name: 'replicaset-controller',
    observe: enqueue => [
      api.watch(REPLICA_SETS, event => enqueue(keyOf(event.object))),
      api.watch(PODS, ({ object }) => {
        const owner = controllerOf(object);
        const { namespace } = object.metadata;
        if (owner?.kind === 'ReplicaSet') enqueue(`${namespace}/${owner.name}`);
        if (owner) return;
        for (const replicaSet of api.list(REPLICA_SETS, { namespace })) {
          if (matches(replicaSet, object)) enqueue(keyOf(replicaSet));
        }
      }),
    ],
    reconcile,
  };
}

function matches(replicaSet: StoredObject, pod: StoredObject) {
  return matchesSelector(replicaSet.spec.selector, pod.metadata.labels);
}

/** The ReplicaSet's pods, after orphans that match were adopted and others let go. */
function claimPods(api: ClusterApi, replicaSet: StoredObject): StoredObject[] {
  const { namespace } = replicaSet.metadata;
  const claimed: StoredObject[] = [];
  for (const pod of api.list(PODS, { namespace })) {
    const mine = isControlledBy(pod, replicaSet);
    const fits = matches(replicaSet, pod);
    if (mine && fits) {
      claimed.push(pod);
    } else if (mine && !isTerminating(pod)) {
      setOwners(
        api,
        pod,
        (pod.metadata.ownerReferences ?? []).filter(
          owner => owner.uid !== replicaSet.metadata.uid,
        ),
      );
    } else if (
      fits &&
      !controllerOf(pod) &&
      !isTerminating(pod) &&
      !isTerminating(replicaSet)
    ) {
      const owners = [
        ...(pod.metadata.ownerReferences ?? []),
        controllerReference(replicaSet),
      ];
      claimed.push(setOwners(api, pod, owners));
    }
  }
  return claimed;
}

function setOwners(
  api: ClusterApi,
  pod: StoredObject,
  ownerReferences: StoredObject['metadata']['ownerReferences'],
): StoredObject {
  return api.update(PODS, {
    ...pod,
    metadata: { ...pod.metadata, ownerReferences },
  });
}

function podOf(replicaSet: StoredObject) {
  const { metadata, spec } = replicaSet.spec.template;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${replicaSet.metadata.name}-`,
      namespace: replicaSet.metadata.namespace,
      labels: { ...metadata?.labels },
      ...(metadata?.annotations && { annotations: metadata.annotations }),
      ...(metadata?.finalizers && { finalizers: metadata.finalizers }),
      ownerReferences: [controllerReference(replicaSet)],
    },
    spec,
  };
}
