import type {
  ActionDetails,
  ActionLock,
  ActionRefusal,
  ActionResult,
  GatedAction,
  LockGate,
  Rollout,
  RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { EntitySelection } from '../entities/EntitySelection';

/** What a gate judges: one action on one rollout as it is now. */
export interface GateSubject {
  ref: RolloutRef;
  uid: string;
  /** The cluster's tier, as the operator wrote it down. */
  tier?: string;
  /**
   * The entities that the rollout is granted to, by the operator's map or by
   * its label, with their owners. What an annotation alone claims is not here.
   */
  entities: readonly EntitySelection[];
  action: GatedAction;
  /**
   * For the views from the mirror; at execution the very object whose uid and
   * resourceVersion the write is bound to.
   */
  rollout: Rollout;
}

/** An action that is about to be carried out. */
export interface ActingSubject extends GateSubject {
  /** Of the record of actions: a repeat of the same action has the same one. */
  actionId: string;
  /** The person's entity ref. */
  principal: string;
  /** The entity on whose ground the person was authorised. */
  entityRef: string;
  details: ActionDetails;
  /** The reason, when the person passes locks in an emergency and may do so. */
  emergency?: string;
}

/** Whose answer about which rollouts may be another from now on. */
export type GateChange = { keys: readonly string[] } | 'all';

/**
 * Something that can keep actions locked. Asked twice: by the views, so that a
 * locked button says why, and again at execution. Neither is asked for abort
 * or pause.
 */
export interface ActionGate {
  readonly gate: LockGate;

  /**
   * For the views. From memory, at once, the same for every viewer; an empty
   * list means open. `now` is in milliseconds since the epoch.
   */
  look(subject: GateSubject, now: number): ActionLock[];

  /**
   * At execution: after authorisation, before each attempt to write, with the
   * object the write is bound to. An empty list lets it pass. What cannot be
   * found out is locked, not open. With `subject.emergency` a gate returns
   * only the locks that not even an emergency passes.
   */
  admit(subject: ActingSubject, now: number): Promise<ActionLock[]>;

  /** What became of an action that was admitted. */
  settle?(
    subject: Pick<ActingSubject, 'actionId' | 'ref' | 'uid' | 'action'>,
    outcome: { result: ActionResult } | { refusal: ActionRefusal },
  ): Promise<void>;

  /**
   * Calls back when a later `look` may answer otherwise: also when nothing but
   * time has passed, because the views are kept until somebody says so. Keys
   * are `cluster/namespace/name`.
   */
  subscribe(listener: (change: GateChange) => void): () => void;
}
