import { ClusterApi, StoredObject } from '../../api/clusterApi';
import { matchesSelector } from '../../selectors/objectSelector';
import { equalJson } from '../../storage/equalJson';
import { Controller, ControllerContext } from '../controller';
import { keyOf, splitKey } from '../objects/key';
import { controllerOf } from '../objects/ownership';
import { conditionOf, isFinished } from '../objects/pod';
import { DISRUPTION_BUDGETS, PODS, REPLICA_SETS } from '../objects/resources';
import { timestamp } from '../objects/time';
import { planDisruptionBudget } from './planDisruptionBudget';

/**
 * Keeps the status of PodDisruptionBudgets, which evictions read.
 * Not implemented: controllers other than ReplicaSets (their pods count as
 * wanted as they are), unhealthyPodEvictionPolicy.
 */
export function disruptionController({
  api,
  clock,
}: ControllerContext): Controller {
  function reconcile(key: string): void {
    const { namespace, name } = splitKey(key);
    const budget = api.find(DISRUPTION_BUDGETS, namespace, name);
    if (!budget) return;
    const pods = api
      .list(PODS, { namespace })
      .filter(pod => !isFinished(pod) && selects(budget, pod));
    const counts = planDisruptionBudget(budget, pods, expected(api, pods));
    const status = {
      ...budget.status,
      ...counts,
      // Evictions that the pods' own status shows by now.
      observedGeneration: budget.metadata.generation,
      conditions: [allowed(budget, counts.disruptionsAllowed, clock.now())],
    };
    if (equalJson(status, budget.status)) return;
    api.update(
      DISRUPTION_BUDGETS,
      { ...budget, status },
      { subresource: 'status' },
    );
  }

  return {
    name: 'disruption-controller',
    observe: enqueue => {
      const affected = ({ object }: { object: StoredObject }) => {
        const { namespace } = object.metadata;
        for (const budget of api.list(DISRUPTION_BUDGETS, { namespace })) {
          enqueue(keyOf(budget));
        }
      };
      return [
        api.watch(DISRUPTION_BUDGETS, ({ object }) => enqueue(keyOf(object))),
        api.watch(PODS, affected),
        api.watch(REPLICA_SETS, affected),
      ];
    },
    reconcile,
  };
}

function selects(budget: StoredObject, pod: StoredObject) {
  return matchesSelector(budget.spec.selector, pod.metadata.labels);
}

function expected(api: ClusterApi, pods: StoredObject[]): number {
  const wanted = new Map<string, number>();
  for (const pod of pods) {
    const owner = controllerOf(pod);
    const replicaSet =
      owner?.kind === 'ReplicaSet'
        ? api.find(REPLICA_SETS, pod.metadata.namespace, owner.name)
        : undefined;
    wanted.set(
      replicaSet ? replicaSet.metadata.uid : pod.metadata.uid,
      replicaSet ? (replicaSet.spec.replicas ?? 1) : 1,
    );
  }
  return [...wanted.values()].reduce((sum, count) => sum + count, 0);
}

function allowed(budget: StoredObject, disruptions: number, now: number) {
  const type = 'DisruptionAllowed';
  const status = disruptions > 0 ? 'True' : 'False';
  const known = conditionOf(budget, type);
  return {
    type,
    status,
    reason: disruptions > 0 ? 'SufficientPods' : 'InsufficientPods',
    message: '',
    observedGeneration: budget.metadata.generation,
    lastTransitionTime:
      known?.status === status ? known.lastTransitionTime : timestamp(now),
  };
}
