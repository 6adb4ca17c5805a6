import { StoredObject } from '../../api/clusterApi';
import { intOrPercent } from '../objects/intOrPercent';
import { isReady, isTerminating } from '../objects/pod';

export interface BudgetCounts {
  /** Pods that there should be, by their controllers. */
  expectedPods: number;
  currentHealthy: number;
  desiredHealthy: number;
  disruptionsAllowed: number;
}

/**
 * How many of the selected pods may be evicted now. Pure.
 * @param expectedPods - what the pods' controllers want together
 */
export function planDisruptionBudget(
  budget: StoredObject,
  pods: StoredObject[],
  expectedPods: number,
): BudgetCounts {
  const { minAvailable, maxUnavailable } = budget.spec;
  const currentHealthy = pods.filter(
    pod => isReady(pod) && !isTerminating(pod),
  ).length;
  const desiredHealthy =
    maxUnavailable !== undefined
      ? Math.max(
          0,
          expectedPods -
            (intOrPercent(maxUnavailable, expectedPods, 'up') ?? 0),
        )
      : (intOrPercent(minAvailable ?? 1, expectedPods, 'up') ?? 0);
  return {
    expectedPods,
    currentHealthy,
    desiredHealthy,
    disruptionsAllowed:
      expectedPods > 0 ? Math.max(0, currentHealthy - desiredHealthy) : 0,
  };
}
