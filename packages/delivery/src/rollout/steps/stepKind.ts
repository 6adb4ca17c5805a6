import type {
  CanaryStep,
  PauseCondition,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { CanaryGoal } from '../canary/goal';
import type { RolloutContext } from '../context';
import type { Problem } from '../validation/problem';

/** A step whose turn it is. */
export interface StepRun {
  context: RolloutContext;
  goal: CanaryGoal;
  step: CanaryStep;
  /** Pods and traffic are where the steps so far want them. */
  reached: boolean;
}

/** `done` moves on to the next step; `why` is said either way. */
export interface StepOutcome {
  done: boolean;
  why: string;
  /** A person has ended it, so that no hold keeps it. */
  byPerson?: boolean;
  /** Instead of `why`, when it is done and held: "the pause is over". */
  over?: string;
}

/** One kind of canary step: what it accepts and when it is done. */
export interface StepKind {
  /** The field of `CanaryStep` that asks for it. */
  field: keyof CanaryStep;
  /** The reason of a pause that it may ask a person to end. */
  pauseReason?: PauseCondition['reason'];
  /** In short, as in "setWeight: 20". */
  label(step: CanaryStep): string;
  validate(step: CanaryStep, path: string, rollout: Rollout): Problem[];
  /** Decides on the step; may write into the context's draft. */
  run(run: StepRun): StepOutcome;
}
