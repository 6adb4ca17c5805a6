import type {
  ActionDetails,
  ApprovalExecution,
  ApprovalSnapshot,
  ApprovalState,
  GatedAction,
  RolloutRef,
  SeenState,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ApprovalPolicy } from '../policy/ApprovalPolicy';

/** A policy as it was when approval was asked for, with the approvers by ref. */
export interface PolicySnapshot {
  policy: ApprovalPolicy;
  approvers: string[];
}

/** What is put on record when somebody asks. Times in milliseconds. */
export interface NewApproval {
  id: string;
  idempotencyKey: string;
  ref: RolloutRef;
  bound: SeenState;
  /** Of the manifest; absent in records from before it was kept. */
  specHash?: string;
  action: GatedAction;
  label: string;
  details: ActionDetails;
  entityRef: string;
  /** Of that entity. */
  ownerRefs: string[];
  authors: string[];
  policies: PolicySnapshot[];
  snapshot: ApprovalSnapshot;
  requestedBy: string;
  /** Those who must not vote, whatever groups they are in. */
  barred: { person: string; role: 'requester' | 'author' }[];
  reason?: string;
  validityMilliseconds: number;
}

/** One person's vote. */
export interface VoteRecord {
  person: string;
  decision: 'approve' | 'reject';
  /** Which of the approvers of the policies the person was when voting. */
  countsAs: string[];
  reason?: string;
  onBehalfOf?: string;
  at: number;
}

export interface CommentRecord {
  id: string;
  person: string;
  text: string;
  at: number;
}

/** A request with all that belongs to it. */
export interface ApprovalRecord extends Omit<
  NewApproval,
  'validityMilliseconds' | 'barred'
> {
  barred: NewApproval['barred'];
  /** Those for whom a delegate has voted. */
  represented: string[];
  requestHash: string;
  state: ApprovalState;
  stateReason?: string;
  version: number;
  createdAt: number;
  expiresAt: number;
  endedAt?: number;
  votes: VoteRecord[];
  comments: CommentRecord[];
  execution?: Omit<ApprovalExecution, 'at'> & {
    claimedAt: number;
    finishedAt?: number;
  };
}

export const OPEN_STATES: readonly ApprovalState[] = [
  'pending',
  'approved',
  'executing',
];
