import type { CanaryStep, Rollout } from '../kubernetes/rollout';
import type { WeightsView } from '../view/rollout';

/** Pods that can serve, by revision. @public */
export interface AvailablePods {
  canary: number;
  /** Of all revisions, the canary's among them. */
  all: number;
}

/**
 * The canary's weight as the steps ask for it, and as it is. Both are shown:
 * between them lies what has not happened yet. Of a blue-green rollout it is
 * what the active service selects, however many preview pods there are.
 * @public
 */
export function rolloutWeights(
  rollout: Rollout,
  pods: AvailablePods,
): WeightsView {
  if (rollout.spec.strategy?.blueGreen) {
    return blueGreenWeights(rollout.status);
  }
  const canary = rollout.spec.strategy?.canary;
  const max = canary?.trafficRouting?.maxTrafficWeight ?? 100;
  const routed = canary?.trafficRouting !== undefined;
  const desired = desiredWeight(rollout, max);
  return { desired, actual: actualWeight(rollout, pods, max), max, routed };
}

function blueGreenWeights(status: Rollout['status'] = {}): WeightsView {
  const max = 100;
  const { abort, blueGreen, currentPodHash } = status;
  const switched =
    currentPodHash !== undefined &&
    blueGreen?.activeSelector === currentPodHash;
  const actual = switched ? max : 0;
  return { desired: abort ? 0 : actual, actual, max, routed: true };
}

function desiredWeight(rollout: Rollout, max: number): number {
  const status = rollout.status ?? {};
  if (status.abort) {
    return 0;
  }
  if (isFullyPromoted(rollout) || status.promoteFull) {
    return max;
  }
  const steps = rollout.spec.strategy?.canary?.steps;
  if (!steps?.length) {
    return max;
  }
  return weightAtStep(steps, status.currentStepIndex ?? 0, max);
}

/**
 * The weight in force at a step: that of the last setWeight at or before it,
 * zero before the first, the maximum after the last step.
 * @public
 */
export function weightAtStep(
  steps: CanaryStep[],
  index: number,
  max: number = 100,
): number {
  if (index >= steps.length) {
    return max;
  }
  for (let i = index; i >= 0; i--) {
    const weight = steps[i]?.setWeight;
    if (weight !== undefined) {
      return weight;
    }
  }
  return 0;
}

function actualWeight(
  rollout: Rollout,
  pods: AvailablePods,
  max: number,
): number {
  const { spec, status = {} } = rollout;
  const canary = spec.strategy?.canary;
  if (canary?.trafficRouting) {
    const routedWeight = status.canary?.weights?.canary?.weight;
    if (routedWeight !== undefined && !isFullyPromoted(rollout)) {
      return routedWeight;
    }
    return isFullyPromoted(rollout) ? max : 0;
  }
  if (isFullyPromoted(rollout)) {
    return max;
  }
  return pods.all === 0 ? 0 : Math.floor((pods.canary * max) / pods.all);
}

/** Nothing in progress: the current template is the stable one. @public */
export function isFullyPromoted(rollout: Rollout): boolean {
  const { currentPodHash, stableRS } = rollout.status ?? {};
  return currentPodHash !== undefined && currentPodHash === stableRS;
}
