import type { CanaryGoal } from '../canary/goal';
import type { RolloutContext } from '../context';
import { stepKindOf } from './registry';

/** Lets the current step decide, and moves on by one when it is done. */
export function runStep(
  context: RolloutContext,
  goal: CanaryGoal,
  reached: boolean,
): void {
  const { draft } = context;
  const step = goal.steps[goal.index];
  const kind = step && stepKindOf(step);
  if (!step || !kind) return;
  const { status } = draft;
  const isInconclusive = status.pauseConditions?.some(
    each => each.reason === 'InconclusiveAnalysisRun',
  );
  if (kind.field !== 'pause' && !isInconclusive && kind.field !== 'analysis') {
    // A pause that was skipped must not lend its start to the next one.
    status.pauseConditions = undefined;
    status.controllerPause = undefined;
  }
  const outcome = kind.run({ context, goal, step, reached });
  const position = `step ${goal.index + 1}/${goal.steps.length}`;
  draft.because(`${position} (${kind.label(step)}): ${outcome.why}`);
  if (!outcome.done || isInconclusive) return;
  draft.event(
    'RolloutStepCompleted',
    `Rollout ${position} completed (${kind.label(step)})`,
  );
  status.currentStepIndex = goal.index + 1;
  status.pauseConditions = undefined;
  status.controllerPause = undefined;
  status.canary = {
    ...status.canary,
    currentStepAnalysisRunStatus: undefined,
  };
}
