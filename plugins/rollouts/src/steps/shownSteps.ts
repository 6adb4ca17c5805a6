import type {
  RolloutDetail,
  StepView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** A step's state as it is worded. */
export type ShownState = StepView['state'] | 'notRun';

export type ShownStep = Omit<StepView, 'state'> & { state: ShownState };

/**
 * The steps as they are shown. What an aborted rollout did not come to is
 * "not run": it is no plan any more, and nobody skipped it.
 */
export function shownSteps(
  rollout: Pick<RolloutDetail, 'steps' | 'aborted'>,
): ShownStep[] {
  const { steps, aborted } = rollout;
  if (!aborted) {
    return steps;
  }
  const stopped = steps.find(({ state }) => state === 'failed')?.index ?? -1;
  return steps.map(step =>
    step.index > stopped && step.state !== 'done'
      ? { ...step, state: 'notRun' }
      : step,
  );
}
