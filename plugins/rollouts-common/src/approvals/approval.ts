import type { ActionRequest, SeenState } from '../actions/actions';
import type { GatedAction } from '../gates/gatedActions';
import type { RolloutPhase } from '../kubernetes/rollout';
import type { AnalysisPhase } from '../kubernetes/analysis';
import type { ImageChange, RolloutRef, WeightsView } from '../view/rollout';

/**
 * `pending`: votes are missing; `approved`: the action is unlocked, or about to
 * be carried out; `executing`, `executed`: it is or was carried out, once. The
 * others are ends without effect.
 * @public
 */
export type ApprovalState =
  | 'pending'
  | 'approved'
  | 'executing'
  | 'executed'
  | 'rejected'
  | 'withdrawn'
  | 'voided'
  | 'expired';

/** What `set-image`, `undo` and `terminate-analysis` are about. @public */
export type ActionDetails = Pick<
  ActionRequest,
  'images' | 'toRevision' | 'analysisRun'
>;

/** What was to be seen when the approval was asked for. @public */
export interface ApprovalSnapshot {
  /** ISO 8601. */
  at: string;
  phase: RolloutPhase;
  sentence: string;
  step?: { index: number; count: number };
  weights: WeightsView;
  images: ImageChange[];
  metrics: ApprovalMetric[];
  /** What the action will do, in sentences. */
  consequences: string[];
}

/** The last word of a metric at that time. @public */
export interface ApprovalMetric {
  name: string;
  phase: AnalysisPhase;
  /** As measured, such as `0.98`. */
  value?: string;
  successCondition?: string;
  failureCondition?: string;
}

/** A further condition of a policy, as it is met now. @public */
export interface ApprovalCondition {
  kind: 'analysis-successful' | 'minimum-requests' | 'minimum-step-time';
  /** "At least 500 requests seen; 312 so far." */
  message: string;
  met: boolean;
}

/** What one policy asks, and how far it is met. @public */
export interface ApprovalRequirement {
  policy: string;
  title: string;
  description?: string;
  source: 'config' | 'module' | 'catalog';
  /** Refs of the groups whose members may approve, with what each still needs. */
  approvers: ApprovalGroup[];
  /** `any`: members of whichever group; `all`: so many of each group. */
  match: 'any' | 'all';
  /** How many approvals. */
  required: number;
  given: number;
  requesterMayApprove: boolean;
  authorMayApprove: boolean;
  /** What the last approval does. */
  onApproval: 'act' | 'unlock';
  conditions: ApprovalCondition[];
  satisfied: boolean;
  /** Why the policy cannot be kept by anybody; it stays closed until mended. */
  broken?: string;
}

/** @public */
export interface ApprovalGroup {
  ref: string;
  required: number;
  given: number;
}

/** One person's answer. @public */
export interface ApprovalVote {
  /** The person's entity ref. */
  by: string;
  /** ISO 8601. */
  at: string;
  decision: 'approve' | 'reject';
  /** Always there when rejected. */
  reason?: string;
  /** On whose behalf, when it is a delegate's. */
  onBehalfOf?: string;
}

/** @public */
export interface ApprovalComment {
  id: string;
  by: string;
  at: string;
  text: string;
}

/** @public */
export interface ApprovalExecution {
  /** Of the record of actions. */
  actionId: string;
  by: string;
  at: string;
  message?: string;
}

/** What the caller may do with a request. @public */
export type ApprovalRights = Record<
  'approve' | 'reject' | 'withdraw' | 'comment',
  { allowed: boolean; reason?: string }
>;

/** A request for approval, in a row of a list. @public */
export interface ApprovalRequestSummary {
  id: string;
  ref: RolloutRef;
  entityRef: string;
  action: GatedAction;
  /** "Promote to 40 %". */
  label: string;
  details: ActionDetails;
  state: ApprovalState;
  /** Why it ended so, in words. */
  stateReason?: string;
  /** ISO 8601, as all times here. */
  createdAt: string;
  expiresAt: string;
  endedAt?: string;
  requestedBy: string;
  /** Who is known to have made the change; empty: nobody knows. */
  authors: string[];
  reason?: string;
  /** What it is bound to; it is void once any of these is different. */
  bound: SeenState;
  requirements: ApprovalRequirement[];
  votes: ApprovalVote[];
  rights: ApprovalRights;
}

/** A request for approval, whole. @public */
export interface ApprovalRequestDetail extends ApprovalRequestSummary {
  snapshot: ApprovalSnapshot;
  comments: ApprovalComment[];
  execution?: ApprovalExecution;
  /** What came of the last approval, in the answer to it. */
  notice?: string;
}

/** Newest first, but for those that wait: these by when they expire. @public */
export interface ApprovalPage {
  items: ApprovalRequestSummary[];
  total: number;
  nextCursor?: string;
}

/** @public */
export interface CreateApprovalRequest extends ActionDetails {
  /** A UUID made once per decision; a repeat returns the first outcome. */
  idempotencyKey: string;
  seen: SeenState;
  action: GatedAction;
  reason?: string;
}

/** @public */
export interface ApproveRequest {
  /** The rollout as the voter saw it. */
  seen: SeenState;
  reason?: string;
}

/** @public */
export interface RejectRequest {
  reason: string;
}

/** A policy as the portal applies it. @public */
export interface ApprovalPolicyView {
  name: string;
  title: string;
  description?: string;
  source: 'config' | 'module' | 'catalog';
  actions: GatedAction[];
  approvers: string[];
  match: 'any' | 'all';
  required: number;
  onApproval: 'act' | 'unlock';
  validitySeconds: number;
  /** What is wrong with it; then everything that it applies to is locked. */
  broken?: string;
}
