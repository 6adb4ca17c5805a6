import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { describeStep, durationSeconds } from '../../view/stepDescription';
import { stepKindOf } from '../../view/stepViews';
import type { PlannedStep } from '../facts/HistoryFact';

/** The steps of the strategy, in the words of the page. */
export function plannedSteps({ spec }: Rollout): PlannedStep[] {
  return (spec.strategy?.canary?.steps ?? []).map(step => {
    const kind = stepKindOf(step);
    return {
      kind,
      label: describeStep(step, kind, 'next').label,
      plannedSeconds: step.pause && durationSeconds(step.pause.duration),
    };
  });
}
