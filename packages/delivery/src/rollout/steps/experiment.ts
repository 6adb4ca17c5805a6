import { AnalysisBuildError } from '../../analysis/build/AnalysisBuildError';
import { pauseForPerson, wasUnpaused } from '../analysisRuns/inconclusive';
import {
  currentExperiment,
  ensureExperiment,
} from '../experiments/ensureExperiment';
import { experimentFailure } from '../experiments/failureText';
import { validateExperimentStep } from '../experiments/validateStep';
import { markAborted } from '../status/abort';
import type { StepKind, StepOutcome, StepRun } from './stepKind';

const REASON = 'InconclusiveExperiment';

function follow({ context, goal, step }: StepRun): StepOutcome {
  const { draft } = context;
  if (!step.experiment) return { done: true, why: 'nothing is asked for' };
  const again =
    currentExperiment(context)?.status?.phase === 'Inconclusive' &&
    wasUnpaused(context);
  const { metadata, status } = ensureExperiment(
    context,
    step.experiment,
    goal.index,
    again,
  );
  const { name } = metadata;
  if (again) draft.status.controllerPause = undefined;
  draft.status.canary = { ...draft.status.canary, currentExperiment: name };
  switch (status?.phase) {
    case 'Successful':
      return { done: true, why: `experiment ${name} succeeded` };
    case 'Failed':
    case 'Error':
      markAborted(context, experimentFailure(status.message));
      return { done: false, why: `experiment ${name} failed` };
    case 'Inconclusive':
      pauseForPerson(context, REASON);
      return {
        done: false,
        why: `experiment ${name} was inconclusive: waiting for a person`,
      };
    default:
      return {
        done: false,
        why: `waiting for experiment ${name}${status?.phase ? ` (${status.phase})` : ''}`,
      };
  }
}

/** Runs versions side by side for a while, and goes on only when that succeeds. */
export const experimentStep: StepKind = {
  field: 'experiment',
  pauseReason: REASON,
  label: () => 'experiment',
  validate: ({ experiment }, path) =>
    experiment ? validateExperimentStep(experiment, `${path}.experiment`) : [],
  run(step) {
    try {
      return follow(step);
    } catch (error) {
      if (!(error instanceof AnalysisBuildError)) throw error;
      markAborted(step.context, experimentFailure(error.message));
      return { done: false, why: 'the experiment cannot be built' };
    }
  },
};
