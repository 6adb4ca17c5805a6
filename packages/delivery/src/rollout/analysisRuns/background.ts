import type { RolloutContext } from '../context';
import { markAborted } from '../status/abort';
import { canaryOf, type CanaryGoal } from '../canary/goal';
import { ensureRun } from './ensureRun';
import { failureText } from './failureText';
import { pauseForPerson, wasUnpaused } from './inconclusive';
import { verdictOf } from './verdict';

/**
 * The analysis that watches while the steps go on, from `startingStep` until
 * the rollout is promoted. Source: docs, features/analysis, "Background
 * Analysis", "Delay Background Analysis".
 */
export function reconcileBackground(
  context: RolloutContext,
  goal: CanaryGoal,
): void {
  const { analysis } = canaryOf(context);
  const { draft } = context;
  const known = draft.status.canary?.currentBackgroundAnalysisRunStatus;
  const wanted =
    analysis !== undefined &&
    goal.mode === 'stepping' &&
    !goal.frozen &&
    !draft.status.promoteFull &&
    goal.index >= (analysis.startingStep ?? 0);
  if (!wanted) return;
  const again = known?.status === 'Inconclusive' && wasUnpaused(context);
  const run = ensureRun(context, {
    type: 'Background',
    analysis,
    known,
    again,
  });
  if (again) draft.status.controllerPause = undefined;
  draft.status.canary = {
    ...draft.status.canary,
    currentBackgroundAnalysisRunStatus: run,
  };
  switch (verdictOf(run)) {
    case 'abort':
      markAborted(context, failureText('Background', run));
      return;
    case 'ask':
      pauseForPerson(context);
      return;
    default:
  }
}
