import type { ActionLock } from '../gates/lock';

/**
 * What a person can ask of a rollout, in the vocabulary of the whole product.
 * `promote` moves on by one step; `pause` and `resume` are only about
 * `spec.paused`; `undo` brings an earlier revision back.
 * @public
 */
export const ROLLOUT_ACTIONS = [
  'promote',
  'promote-full',
  'skip-step',
  'pause',
  'resume',
  'restart',
  'set-image',
  'undo',
  'retry',
  'abort',
  'terminate-analysis',
] as const;

/** @public */
export type RolloutAction = (typeof ROLLOUT_ACTIONS)[number];

/** Where the person stood when they decided. @public */
export interface SeenState {
  uid: string;
  generation: number;
  /** `status.currentPodHash` */
  podHash?: string;
  /** `status.currentStepIndex` */
  stepIndex?: number;
}

/** @public */
export interface ActionRequest {
  /** A UUID made once per decision; a repeat returns the first outcome. */
  idempotencyKey: string;
  seen: SeenState;
  /** Optional words for the record. */
  reason?: string;
  /** Answer with the patches and warnings, write nothing. */
  dryRun?: boolean;
  /**
   * Pass the locks that an emergency may pass. Needs the permission
   * `rollouts.emergency` and a reason, and is told to everybody concerned.
   */
  emergency?: boolean;
  /** `set-image`: which container gets which image. */
  images?: { container: string; image: string }[];
  /** `undo`: the revision to bring back; the one before the current when absent. */
  toRevision?: number;
  /** `terminate-analysis`: the run's name. */
  analysisRun?: string;
}

/** One write, exactly as sent to the cluster. @public */
export interface PlannedPatch {
  resource: string;
  namespace: string;
  name: string;
  subresource?: 'status';
  /** A merge patch, or a JSON patch that tests what it replaces. */
  type: 'merge' | 'json';
  patch: unknown;
}

/** @public */
export interface ActionResult {
  id: string;
  action: RolloutAction;
  /**
   * `applied`: written, and the cluster has shown it since; `sent`: written, but
   * not seen to take effect yet; `unchanged`: it was so already, nothing was
   * written.
   */
  outcome: 'applied' | 'sent' | 'unchanged' | 'dry-run';
  message: string;
  /** What will happen, in sentences. */
  consequences: string[];
  warnings: string[];
  patches: PlannedPatch[];
}

/** Why an action was refused; `code` is stable. @public */
export interface ActionRefusal {
  code:
    | 'moved-on'
    | 'not-applicable'
    | 'not-permitted'
    | 'not-mapped'
    | 'stale'
    | 'invalid'
    | 'conflict'
    | 'locked'
    | 'cluster-refused'
    | 'cluster-unreachable';
  message: string;
  /** What to do instead, in words. */
  remedy?: string;
  /** An action that would help, e.g. `retry` when promote is refused. */
  instead?: RolloutAction;
  /** `locked`: by what. */
  locks?: ActionLock[];
}
