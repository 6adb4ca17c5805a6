import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { notApplicable, type ActionKind } from '../ActionContext';
import { movedOn } from '../checkSeen';
import { statusPatch, unpause } from '../patches';
import {
  isInProgress,
  isPausedByController,
  stepCount,
  stepIndex,
  weightLabel,
} from '../rolloutFacts';

/** Moves on by one step. */
export const promote: ActionKind = {
  action: 'promote',
  binds: 'step',

  label({ rollout }) {
    const steps = stepCount(rollout);
    if (steps === 0) {
      return 'Promote';
    }
    const index = stepIndex(rollout);
    const next = Math.min(index + 1, steps);
    if (next >= steps) {
      return 'Promote to 100 %';
    }
    const weight = weightLabel(rollout, next);
    // From what it has already, as from 40 % to the pause there, it is no way on.
    return weight === weightLabel(rollout, index)
      ? `Promote to step ${next + 1}`
      : `Promote to ${weight}`;
  },

  refuse({ rollout }) {
    const { status = {}, spec } = rollout;
    if (status.abort) {
      return notApplicable(
        'The rollout was aborted; promoting it would look successful and do nothing.',
        'Retry it: it starts again from the first step.',
        'retry',
      );
    }
    if (!isInProgress(rollout)) {
      return notApplicable('There is no new version on its way.');
    }
    if (status.controllerPause && !isPausedByController(rollout)) {
      return movedOn('Somebody has promoted it just now.');
    }
    if (stepCount(rollout) === 0 && !isPausedByController(rollout)) {
      return spec.paused
        ? undefined
        : notApplicable('Nothing waits to be promoted.');
    }
    return undefined;
  },

  plan(context) {
    const { rollout } = context;
    const status = statusToPromote(rollout);
    const patches = [
      ...(status ? [statusPatch(rollout, status)] : []),
      ...unpause(rollout),
    ];
    return {
      patches,
      warnings: warningsOf(rollout),
      ...(patches.length === 0 && { unchanged: 'Nothing waits for it.' }),
    };
  },
};

/** The reference's order: exactly one of these is sent. */
function statusToPromote(
  rollout: Rollout,
): Record<string, unknown> | undefined {
  const { status = {} } = rollout;
  const steps = stepCount(rollout);
  const next = Math.min(stepIndex(rollout) + 1, steps);
  const inconclusive =
    status.canary?.currentStepAnalysisRunStatus?.status === 'Inconclusive';
  if (inconclusive && isPausedByController(rollout) && status.controllerPause) {
    return {
      pauseConditions: null,
      controllerPause: false,
      currentStepIndex: next,
    };
  }
  if (isPausedByController(rollout)) {
    // controllerPause stays: the pair tells the controller that it was a person.
    return { pauseConditions: null };
  }
  if (steps > 0) {
    return { pauseConditions: null, currentStepIndex: next };
  }
  return undefined;
}

function warningsOf(rollout: Rollout): string[] {
  if (isPausedByController(rollout) || stepCount(rollout) === 0) {
    return [];
  }
  const step = rollout.spec.strategy?.canary?.steps?.[stepIndex(rollout)];
  if (!step) {
    return [];
  }
  return [
    step.analysis
      ? 'The analysis of this step has not finished; promoting skips it.'
      : `Step ${stepIndex(rollout) + 1} has not been reached yet; promoting skips it.`,
  ];
}
