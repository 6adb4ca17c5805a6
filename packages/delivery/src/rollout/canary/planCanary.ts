import { reconcileBackground } from '../analysisRuns/background';
import type { RolloutContext } from '../context';
import { switchService } from '../services/switchService';
import { abortPlugins, terminatePlugins } from '../stepPlugins/endPlugins';
import { recordAnswers } from '../stepPlugins/recordAnswers';
import { runStep } from '../steps/runStep';
import { completeCanary } from './complete';
import { canaryGoal, type CanaryGoal } from './goal';
import { obeyCanaryRequests } from './requests';
import { scaleByReplicas } from './scaleByReplicas';
import { scaleByTraffic } from './scaleByTraffic';
import { planCanaryService, reconcileStableService } from './services';
import { canaryServices } from './sides';

/** Without a router the services still say which pods are whose. */
function reconcileServices(context: RolloutContext, goal: CanaryGoal): void {
  reconcileStableService(context);
  const { current } = context;
  const plan = planCanaryService(context, goal, {
    enough: current.exists && current.available > 0,
    wanted: goal.mode === 'initial' || goal.weight > 0,
    routed: { weight: 0 },
  });
  const target = plan.before ?? plan.after;
  if (target) {
    switchService(
      context,
      canaryServices(context).canaryService,
      target,
      plan.before ? 'it is available' : 'there is no canary',
    );
  }
}

function moveTowards(context: RolloutContext, goal: CanaryGoal): boolean {
  if (goal.routed) return scaleByTraffic(context, goal);
  reconcileServices(context, goal);
  return scaleByReplicas(context, goal);
}

/**
 * One turn of the canary strategy: what people asked for, analysis, pods and
 * traffic, then the step whose turn it is.
 */
export function planCanary(context: RolloutContext): void {
  recordAnswers(context);
  obeyCanaryRequests(context);
  reconcileBackground(context, canaryGoal(context));
  const goal = canaryGoal(context);
  const reached = moveTowards(context, goal);
  if (goal.mode === 'stepping' && !goal.frozen) {
    if (goal.index < goal.steps.length) {
      runStep(context, goal, reached);
    } else {
      completeCanary(context, goal, reached);
    }
  } else if (goal.mode === 'initial' && !goal.frozen) {
    completeCanary(context, goal, reached);
  }
  endPlugins(context);
  forgetRuns(context);
}

/** What the plugins of steps did is taken back, or ended, with the update. */
function endPlugins(context: RolloutContext): void {
  const { mode } = canaryGoal(context);
  if (mode === 'aborted') abortPlugins(context);
  else if (mode === 'promoted' || context.draft.status.promoteFull) {
    terminatePlugins(context);
  }
}

/** Runs of an update that is over, or not going on, are no longer referred to. */
function forgetRuns(context: RolloutContext): void {
  const { status } = context.draft;
  const { mode, steps } = canaryGoal(context);
  const { canary } = status;
  if (!canary) return;
  if (mode === 'stepping' && !status.promoteFull) {
    const isExperiment =
      steps[status.currentStepIndex ?? steps.length]?.experiment !== undefined;
    if (canary.currentExperiment && !isExperiment) {
      status.canary = { ...canary, currentExperiment: undefined };
    }
    return;
  }
  const { currentStepAnalysisRunStatus, currentBackgroundAnalysisRunStatus } =
    canary;
  // After an abort the status keeps naming the run that decided.
  const keep = mode === 'aborted';
  status.canary = {
    ...canary,
    currentStepAnalysisRunStatus: keep
      ? currentStepAnalysisRunStatus
      : undefined,
    currentBackgroundAnalysisRunStatus: keep
      ? currentBackgroundAnalysisRunStatus
      : undefined,
    currentExperiment: undefined,
  };
}
