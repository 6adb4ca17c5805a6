import type {
  CanaryStep,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { stepKindOf } from '../../rollout/steps/registry';

/** The steps of a canary; none for other strategies. */
export function stepsOf({ spec }: Rollout): CanaryStep[] {
  return spec.strategy?.canary?.steps ?? [];
}

/** In short, as in "setWeight: 20". */
export function stepLabel(step: CanaryStep): string {
  return stepKindOf(step)?.label(step) ?? Object.keys(step)[0] ?? 'nothing';
}

/** "step 1/8 (setWeight: 20)" */
export function stepText(rollout: Rollout, index: number): string {
  const steps = stepsOf(rollout);
  const step = steps[index];
  return step
    ? `step ${index + 1}/${steps.length} (${stepLabel(step)})`
    : 'after the last step';
}
