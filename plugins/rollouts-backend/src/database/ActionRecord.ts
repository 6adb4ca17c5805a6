import type {
  ActionRefusal,
  ActionResult,
  RolloutAction,
  RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** What became of an action. */
export type ActionOutcome =
  { result: ActionResult } | { refusal: ActionRefusal };

/** A decision of a person, on record before it has any effect. */
export interface ActionIntent {
  id: string;
  idempotencyKey: string;
  /** Of everything that makes it this decision: see `hashRequest`. */
  requestHash: string;
  ref: RolloutRef;
  uid: string;
  action: RolloutAction;
  /** The user's entity ref, or the service's subject. */
  principal: string;
  entityRef: string;
  reason?: string;
  /** Whether it passes what locks it. */
  emergency?: boolean;
  /** Milliseconds since the epoch. */
  startedAt: number;
}

export interface ActionRecord extends ActionIntent {
  /** Absent while it is being carried out. */
  outcome?: ActionOutcome;
  changedAt: number;
}
