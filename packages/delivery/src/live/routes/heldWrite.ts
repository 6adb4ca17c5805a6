import type { PlannedEvent } from '../../rollout/plan';

/** A write that is not made now, because somebody keeps undoing it. */
export interface HeldWrite {
  /** Milliseconds. */
  retryIn: number;
  /** In words, for the log. */
  reason: string;
  /** For the rollout's status, where a GitOps tool owns the object. */
  message?: string;
  /** To be recorded, the first time. */
  event?: PlannedEvent;
}
