import {
  weightAtStep,
  type CanaryStep,
  type CanaryStrategy,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { waitsForPerson } from '../analysisRuns/inconclusive';
import { hasLostStable, isPromoted, type RolloutContext } from '../context';

/**
 * Where a canary stands:
 * - `initial`: nothing is stable yet, the first revision comes up at once
 * - `promoted`: the current template is the stable one
 * - `aborted`: everybody goes back to stable
 * - `stepping`: the steps decide
 */
export type CanaryMode = 'initial' | 'promoted' | 'aborted' | 'stepping';

/** What a canary should come to with the status as it is now. */
export interface CanaryGoal {
  mode: CanaryMode;
  steps: CanaryStep[];
  /** Of the current step; `steps.length` when all are done. */
  index: number;
  /** Of the canary, out of `max`. */
  weight: number;
  max: number;
  /** By a traffic router; otherwise by replica counts. */
  routed: boolean;
  /**
   * Weights and pods stay where they are: under `spec.paused`, and while an
   * inconclusive analysis waits for a person after the last step.
   */
  frozen: boolean;
}

/** The strategy, empty when the manifest says `canary: {}`. */
export function canaryOf({ rollout }: RolloutContext): CanaryStrategy {
  return rollout.spec.strategy?.canary ?? {};
}

function modeOf(context: RolloutContext): CanaryMode {
  if (hasLostStable(context)) return 'aborted';
  if (!context.stable) return 'initial';
  if (isPromoted(context)) return 'promoted';
  return context.draft.status.abort ? 'aborted' : 'stepping';
}

/** Reads the goal from the draft's status: call it again after changing that. */
export function canaryGoal(context: RolloutContext): CanaryGoal {
  const { trafficRouting, steps = [] } = canaryOf(context);
  const mode = modeOf(context);
  const index = context.draft.status.currentStepIndex ?? 0;
  const max = trafficRouting?.maxTrafficWeight ?? 100;
  return {
    mode,
    steps,
    index,
    // With no pods at all there is nobody to send anything to.
    weight:
      mode === 'stepping' && context.replicas > 0
        ? weightAtStep(steps, index, max)
        : 0,
    max,
    routed: trafficRouting !== undefined,
    frozen:
      (context.rollout.spec.paused === true &&
        (mode === 'initial' || mode === 'stepping')) ||
      (mode === 'stepping' && index >= steps.length && waitsForPerson(context)),
  };
}
