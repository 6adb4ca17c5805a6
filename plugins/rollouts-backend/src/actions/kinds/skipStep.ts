import { notApplicable, type ActionKind } from '../ActionContext';
import { statusPatch } from '../patches';
import {
  isInProgress,
  isPausedByController,
  stepCount,
  stepIndex,
} from '../rolloutFacts';

/** Leaves the current step as it is and goes on with the next. */
export const skipStep: ActionKind = {
  action: 'skip-step',
  binds: 'step',

  label({ rollout }) {
    return stepCount(rollout) === 0
      ? 'Skip step'
      : `Skip step ${Math.min(stepIndex(rollout) + 1, stepCount(rollout))}`;
  },

  refuse({ rollout }) {
    if (rollout.spec.strategy?.blueGreen) {
      return notApplicable('A blue-green rollout has no steps to skip.');
    }
    if (stepCount(rollout) === 0) {
      return notApplicable('This canary has no steps to skip.');
    }
    if (rollout.status?.abort) {
      return notApplicable(
        'The rollout was aborted; its steps are not followed.',
        'Retry it: it starts again from the first step.',
        'retry',
      );
    }
    if (!isInProgress(rollout) || stepIndex(rollout) >= stepCount(rollout)) {
      return notApplicable('All steps are done.');
    }
    return undefined;
  },

  plan(context) {
    const { rollout } = context;
    const next = Math.min(stepIndex(rollout) + 1, stepCount(rollout));
    // A pause left behind would lend its start time to the next timed pause,
    // and the mark of the controller's pause would end it at once.
    const pause = isPausedByController(rollout)
      ? { pauseConditions: null, controllerPause: false }
      : {};
    return {
      patches: [statusPatch(rollout, { ...pause, currentStepIndex: next })],
      warnings: [],
    };
  },
};
