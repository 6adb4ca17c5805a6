import type { AnalysisPhase } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { PersonPlan } from '../people/person';

/** What a metric says from some time on. */
export interface AssumedValue {
  /** Milliseconds from the beginning of the update. */
  from: number;
  /** Either what is measured, or how the measurement ends whatever it says. */
  is: { value: unknown } | { outcome: AnalysisPhase };
}

/** A freeze window that holds, in milliseconds from the beginning. @public */
export interface AssumedHold {
  name: string;
  from: number;
  until: number;
}

/**
 * What a simulation takes for granted. Times are in milliseconds from the
 * moment at which the new version is applied.
 * @public
 */
export interface Assumptions {
  /** From a pod's creation until it is ready. Default: 5 s. */
  podStart?: number;
  /** Instead of the rollout's own; in seconds, as there. */
  minReadySeconds?: number;
  /** So many pods of the new version never become ready. */
  failingPods?: number | 'all';
  /** By the metric's name; what is not here succeeds. */
  metrics?: Record<string, AssumedValue[]>;
  /** All that is measured from this step on, counted from 1, fails. */
  failAtStep?: number;
  /** Somebody promotes this long after a pause without an end began. Default: 1 min. */
  promoteAfter?: number | 'never';
  /** See `PersonPlan`. */
  abortAtStep?: PersonPlan['abortAtStep'];
  scale?: PersonPlan['scale'];
  /** Instead of `spec.replicas`. */
  replicas?: number;
  /** Freeze windows that hold what goes on by itself. */
  holds?: AssumedHold[];
}

/** An assumption that does not fit the rollout. The message says why. */
export class AssumptionError extends Error {
  readonly name = 'AssumptionError';
}

export const DEFAULT_POD_START = 5_000;
export const DEFAULT_PROMOTE_AFTER = 60_000;
