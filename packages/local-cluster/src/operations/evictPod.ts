import { tooManyRequests } from '../api/apiError';
import { ClusterApi, DeleteOptions, StoredObject } from '../api/clusterApi';
import { matchesSelector } from '../selectors/objectSelector';

const PODS = { group: '', resource: 'pods' };
const BUDGETS = { group: 'policy', resource: 'poddisruptionbudgets' };

/**
 * Deletes a pod if its disruption budgets allow one less. How many may go is
 * counted from the pods themselves, so that it holds without the disruption
 * controller that keeps `status.disruptionsAllowed`.
 * @throws ApiError 429 when a budget has none left
 */
export function evictPod(
  api: ClusterApi,
  namespace: string,
  name: string,
  options: DeleteOptions,
): void {
  const pod = api.get(PODS, namespace, name);
  // A pod that does not serve anyway costs no budget.
  if (isReady(pod)) {
    for (const budget of api.list(BUDGETS, { namespace })) {
      if (!matchesSelector(budget.spec?.selector, pod.metadata.labels))
        continue;
      if (disruptionsAllowed(api, budget) > 0) continue;
      const { healthy, needed } = healthOf(api, budget);
      throw tooManyRequests(
        "Cannot evict pod as it would violate the pod's disruption budget.",
        undefined,
        [
          {
            reason: 'DisruptionBudget',
            message: `The disruption budget ${budget.metadata.name} needs ${needed} healthy pods and has ${healthy} currently`,
          },
        ],
      );
    }
  }
  api.delete(PODS, namespace, name, options);
}

/** How many healthy pods of the budget may go now. */
export function disruptionsAllowed(
  api: ClusterApi,
  budget: StoredObject,
): number {
  const { healthy, needed } = healthOf(api, budget);
  return healthy - needed;
}

function healthOf(api: ClusterApi, budget: StoredObject) {
  const pods = api
    .list(PODS, { namespace: budget.metadata.namespace })
    .filter(pod => matchesSelector(budget.spec?.selector, pod.metadata.labels));
  const healthy = pods.filter(isReady).length;
  const { minAvailable, maxUnavailable } = budget.spec ?? {};
  const needed =
    minAvailable === undefined
      ? pods.length - share(maxUnavailable ?? 1, pods.length)
      : share(minAvailable, pods.length);
  return { healthy, needed };
}

function isReady(pod: StoredObject): boolean {
  return (
    !pod.metadata.deletionTimestamp &&
    !!pod.status?.conditions?.some(
      (condition: Record<string, unknown>) =>
        condition.type === 'Ready' && condition.status === 'True',
    )
  );
}

/** `2`, or `50%` of the total, rounded up. */
function share(value: number | string, total: number): number {
  return typeof value === 'string' && value.endsWith('%')
    ? Math.ceil((Number(value.slice(0, -1)) / 100) * total)
    : Number(value);
}
