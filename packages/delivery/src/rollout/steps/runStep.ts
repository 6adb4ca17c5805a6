import type { RolloutStatus } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { CanaryGoal } from '../canary/goal';
import type { RolloutContext } from '../context';
import { heldBack } from '../holds/heldBack';
import { stepKindOf } from './registry';

const INCONCLUSIVE = 'InconclusiveAnalysisRun';

/**
 * A pause that was skipped must not go on, nor lend its start to the next one.
 * What an inconclusive analysis asks of a person stays asked, and what this
 * step itself does.
 */
function endStalePause(status: RolloutStatus, own: string | undefined): void {
  const all = status.pauseConditions ?? [];
  const kept = all.filter(
    each => each.reason === INCONCLUSIVE || each.reason === own,
  );
  if (kept.length === all.length && (own || kept.length)) return;
  status.pauseConditions = kept.length ? kept : undefined;
  if (!kept.length) status.controllerPause = undefined;
}

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
  endStalePause(status, kind.pauseReason);
  const position = `step ${goal.index + 1}/${goal.steps.length}`;
  const isInconclusive = status.pauseConditions?.some(
    each => each.reason === INCONCLUSIVE,
  );
  if (isInconclusive && kind.field !== 'analysis') {
    draft.because(`${position}: an inconclusive analysis waits for a person`);
    return;
  }
  const outcome = kind.run({ context, goal, step, reached });
  const label = `${position} (${kind.label(step)})`;
  const goesOn = outcome.done && !isInconclusive;
  const over = `${label}: ${outcome.over ?? outcome.why}`;
  if (goesOn && !outcome.byPerson && heldBack(context, over)) return;
  draft.because(`${label}: ${outcome.why}`);
  if (!goesOn) return;
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
    currentExperiment: undefined,
  };
}
