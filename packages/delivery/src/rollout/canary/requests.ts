import type { RolloutContext } from '../context';
import { obeyRequests } from '../status/obeyRequests';
import { forgetStepPlugins } from '../stepPlugins/statuses';
import { canaryGoal } from './goal';

/** Takes over what people have asked for through the status. */
export function obeyCanaryRequests(context: RolloutContext): void {
  const { mode, steps } = canaryGoal(context);
  const { status } = context.draft;
  obeyRequests(context, {
    isSettled: mode === 'promoted' || mode === 'initial',
    promoteFully({ draft }) {
      if (steps.length) status.currentStepIndex = steps.length;
      draft.because('promoting fully: no step is waited for');
    },
    startOver({ draft }) {
      // The runs of the failed attempt decide nothing about this one.
      status.canary = {
        ...status.canary,
        currentStepAnalysisRunStatus: undefined,
        currentBackgroundAnalysisRunStatus: undefined,
        currentExperiment: undefined,
      };
      forgetStepPlugins(status);
      draft.because('retrying from the first step');
    },
  });
}
