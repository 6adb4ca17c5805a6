import { markAborted } from '../status/abort';
import { ensureRun } from '../analysisRuns/ensureRun';
import { failureText } from '../analysisRuns/failureText';
import { pauseForPerson, wasUnpaused } from '../analysisRuns/inconclusive';
import { verdictOf } from '../analysisRuns/verdict';
import type { StepKind } from './stepKind';

/** Runs an analysis and goes on only when it succeeds. */
export const analysisStep: StepKind = {
  field: 'analysis',
  pauseReason: 'InconclusiveAnalysisRun',
  label: ({ analysis }) =>
    `analysis: ${(analysis?.templates ?? []).map(each => each.templateName).join(', ')}`,
  validate({ analysis }, path) {
    return analysis?.templates?.length
      ? []
      : [
          {
            field: `${path}.analysis.templates`,
            kind: 'Required value',
            detail: 'name at least one analysis template',
          },
        ];
  },
  run({ context, goal, step }) {
    const { draft } = context;
    const known = draft.status.canary?.currentStepAnalysisRunStatus;
    const again = known?.status === 'Inconclusive' && wasUnpaused(context);
    const run = ensureRun(context, {
      type: 'Step',
      analysis: step.analysis ?? {},
      stepIndex: goal.index,
      known,
      again,
    });
    if (again) draft.status.controllerPause = undefined;
    draft.status.canary = {
      ...draft.status.canary,
      currentStepAnalysisRunStatus: run,
    };
    switch (verdictOf(run)) {
      case 'go-on':
        return { done: true, why: `analysis ${run.name} succeeded` };
      case 'abort':
        markAborted(context, failureText('Step', run));
        return { done: false, why: `analysis ${run.name} failed` };
      case 'ask':
        pauseForPerson(context);
        return {
          done: false,
          why: `analysis ${run.name} was inconclusive: waiting for a person`,
        };
      default:
        return { done: false, why: `waiting for analysis ${run.name}` };
    }
  },
};
