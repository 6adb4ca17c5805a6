import { createApiError, tooManyRequests } from '../api/apiError';
import { ClusterApi, DeleteOptions, StoredObject } from '../api/clusterApi';
import { matchesSelector } from '../selectors/objectSelector';

const PODS = { group: '', resource: 'pods' };
const BUDGETS = { group: 'policy', resource: 'poddisruptionbudgets' };

/**
 * Deletes a pod if its disruption budget allows one less. How many may go is
 * counted from the pods themselves, so that it holds without the disruption
 * controller that keeps `status.disruptionsAllowed`.
 * Rules: Kubernetes documentation, "Specifying a Disruption Budget".
 * @throws ApiError 429 when the budget has none left, 500 when the pod has
 *   several budgets
 */
export function evictPod(
  api: ClusterApi,
  namespace: string,
  name: string,
  options: DeleteOptions,
): void {
  const pod = api.get(PODS, namespace, name);
  const budgets = isRunning(pod)
    ? api
        .list(BUDGETS, { namespace })
        .filter(({ spec }) =>
          matchesSelector(spec?.selector, pod.metadata.labels),
        )
    : [];
  if (budgets.length > 1) throw severalBudgets();
  const [budget] = budgets;
  if (budget && !allows(api, budget, pod)) {
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
  api.delete(PODS, namespace, name, options);
}

/** A pod that has not begun, has ended, or is leaving costs no budget. */
function isRunning({ metadata, status }: StoredObject): boolean {
  return (
    !metadata.deletionTimestamp &&
    !['Pending', 'Succeeded', 'Failed'].includes(status?.phase)
  );
}

/** Kubernetes gives it no reason. */
function severalBudgets() {
  return createApiError(
    500,
    '',
    'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.',
  );
}

/** One that is not ready may go, too, while as many as are needed are. */
function allows(
  api: ClusterApi,
  budget: StoredObject,
  pod: StoredObject,
): boolean {
  const { healthy, needed } = healthOf(api, budget);
  const isSpare =
    budget.spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow' ||
    (needed > 0 && healthy >= needed);
  return healthy > needed || (!isReady(pod) && isSpare);
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
