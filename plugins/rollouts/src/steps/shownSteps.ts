import type {
  RolloutDetail,
  StepView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** A step's state as it is worded. */
export type ShownState = StepView['state'] | 'notRun' | 'stopped';

/** Steps that can fail by themselves; at others an abort only finds the rollout. */
const DECIDING: readonly StepView['kind'][] = [
  'analysis',
  'experiment',
  'plugin',
];

export type ShownStep = Omit<StepView, 'state'> & { state: ShownState };

/**
 * The steps as they are shown. What an aborted rollout did not come to is
 * "not run": it is no plan any more, and nobody skipped it. The step that it
 * was stopped at has not failed, unless it is one that decides.
 */
export function shownSteps(
  rollout: Pick<RolloutDetail, 'steps' | 'aborted'>,
): ShownStep[] {
  const { steps, aborted } = rollout;
  if (!aborted) {
    // Of a first version: it needs none, and nobody skipped them.
    return steps.every(({ state }) => state === 'skipped')
      ? steps.map(step => ({ ...step, state: 'notRun' }))
      : steps;
  }
  const stopped = steps.find(({ state }) => state === 'failed')?.index ?? -1;
  return steps.map(step => {
    if (step.index > stopped && step.state !== 'done') {
      return { ...step, state: 'notRun' };
    }
    return { ...step, state: stoppedState(step) };
  });
}

/** "Failed" only where the step itself decides, else where it was stopped. */
export function stoppedState<S extends string>({
  kind,
  state,
}: {
  kind: StepView['kind'];
  state: S;
}): S | 'stopped' {
  return state === 'failed' && !DECIDING.includes(kind) ? 'stopped' : state;
}
