import type {
  ActionDetails,
  GatedAction,
  RolloutRef,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** What every fact about approvals says. */
interface ApprovalFactBase {
  /** Grows by time; unique and the same on every replica. */
  sequence: number;
  /** Absent for an emergency that nobody had asked approval for. */
  requestId?: string;
  ref: RolloutRef;
  uid: string;
  podHash?: string;
  stepIndex?: number;
  entityRef: string;
  action: GatedAction;
  details: ActionDetails;
  /** Milliseconds since the epoch, by the database's clock. */
  at: number;
  /** A person's entity ref; absent where nobody did it: voided, expired. */
  by?: string;
}

/** Something that happened to an approval, once, and is on record. */
export type ApprovalFact = ApprovalFactBase &
  (
    | {
        kind: 'requested';
        by: string;
        /** "Promote to 40 %". */
        label: string;
        reason?: string;
        policies: string[];
        /** Refs of those whose members may approve. */
        approvers: string[];
        authors: string[];
        expiresAt: number;
      }
    /** One approval; `approved` follows when it was the last that was missing. */
    | { kind: 'voted'; by: string; reason?: string; onBehalfOf?: string }
    | { kind: 'commented'; by: string; text: string }
    | {
        kind: 'approved';
        by: string;
        requestedBy: string;
        onApproval: 'act' | 'unlock';
      }
    /** It was to be carried out, and was not; it stays approved. */
    | { kind: 'held'; by: string; requestedBy: string; reason: string }
    | { kind: 'rejected'; by: string; requestedBy: string; reason: string }
    | { kind: 'withdrawn'; by: string; reason?: string }
    | { kind: 'voided'; requestedBy: string; reason: string }
    | { kind: 'expired'; requestedBy: string; reason: string }
    | {
        kind: 'executed';
        by: string;
        requestedBy: string;
        actionId: string;
        message: string;
      }
    | {
        kind: 'emergency';
        by: string;
        actionId: string;
        reason: string;
        /** Names of the policies that were passed. */
        policies: string[];
      }
  );

/** A fact that is not yet on record. */
export type NewApprovalFact = ApprovalFact extends infer Fact
  ? Fact extends ApprovalFact
    ? Omit<Fact, 'sequence'>
    : never
  : never;

/** Where others learn of approvals: history, notifications, views. */
export interface ApprovalFacts {
  /**
   * Calls back for every fact that this replica put on record, after it is;
   * each fact is told by one replica. A listener that throws is logged.
   */
  subscribe(listener: (fact: ApprovalFact) => void): () => void;

  /**
   * Facts of all replicas after a sequence, oldest first: for who must not
   * miss one although a process died. Facts that are not yet visible to all
   * are held back, so that none appears behind one that was already told.
   */
  since(sequence: number, limit: number): Promise<ApprovalFact[]>;

  /** By the clock that facts are dated by: milliseconds since the epoch. */
  now(): Promise<number>;
}
