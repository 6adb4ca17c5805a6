import {
  isFullyPromoted,
  weightAtStep,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Questions about a rollout that several actions ask. */

export function stepCount(rollout: Rollout): number {
  return rollout.spec.strategy?.canary?.steps?.length ?? 0;
}

export function stepIndex(rollout: Rollout): number {
  return rollout.status?.currentStepIndex ?? 0;
}

export function isPausedByController(rollout: Rollout): boolean {
  return (rollout.status?.pauseConditions?.length ?? 0) > 0;
}

/** A new revision is on its way, or was stopped on its way. */
export function isInProgress(rollout: Rollout): boolean {
  return !isFullyPromoted(rollout);
}

/** "40 %" of what the canary gets from this step on. */
export function weightLabel(rollout: Rollout, index: number): string {
  const canary = rollout.spec.strategy?.canary;
  const max = canary?.trafficRouting?.maxTrafficWeight ?? 100;
  const weight = weightAtStep(canary?.steps ?? [], index, max);
  return percent((weight / max) * 100);
}

export function percent(value: number): string {
  return `${Number(value.toFixed(1))} %`;
}
