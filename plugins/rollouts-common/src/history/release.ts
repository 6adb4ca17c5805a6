import type { RolloutAction } from '../actions/actions';
import type {
  AnalysisRunView,
  RolloutRef,
  RolloutSummary,
  StepKind,
} from '../view/rollout';

/**
 * What the history hands out. A release is one attempt to bring one revision
 * of a rollout out: a retry after an abort is a release of its own. Times are
 * RFC 3339 in UTC, durations are seconds, people are entity refs.
 */

/**
 * How a release ended. `unobserved`: it was over before the portal first saw
 * the rollout. `superseded`: another revision came before it was complete.
 * @public
 */
export const RELEASE_OUTCOMES = [
  'in-progress',
  'completed',
  'aborted',
  'superseded',
  'deleted',
  'unobserved',
] as const;

/** @public */
export type ReleaseOutcome = (typeof RELEASE_OUTCOMES)[number];

/** Who or what ended it. @public */
export type ReleaseCause =
  'analysis' | 'deadline' | 'person' | 'outside' | 'unknown';

/** @public */
export interface ReleaseImage {
  container: string;
  /** What the stable revision ran when the release began. */
  from?: string;
  to: string;
}

/** @public */
export interface ReleaseSummary {
  /** Opaque, the same on every replica of the backend. */
  id: string;
  ref: RolloutRef;
  /** Of the Rollout: one that is deleted and made again is another. */
  uid: string;
  /** The catalog entities it belonged to when it began. */
  entityRefs: string[];
  revision?: number;
  podHash: string;
  /** 1, and one more for each retry after an abort. */
  attempt: number;
  strategy: RolloutSummary['strategy'];
  router?: string;
  images: ReleaseImage[];
  outcome: ReleaseOutcome;
  /** Of an abort. */
  cause?: ReleaseCause;
  /** In words: the controller's or the person's. */
  reason?: string;
  /** Absent when it began before the portal first saw the rollout. */
  startedAt?: string;
  endedAt?: string;
  durationSeconds?: number;
  /** After an abort: when stable had all of the traffic again, if somebody saw it. */
  restoredAt?: string;
  /** When the change was committed, by an annotation. */
  committedAt?: string;
  /** Steps that were reached, of how many. */
  step?: { reached: number; count: number };
  /** Who set it off, where the portal knows. */
  startedBy?: string;
  endedBy?: string;
  /** Everyone who acted, asked or voted. */
  people: string[];
  /** The earlier revision whose template it brings back. */
  rollbackTo?: number;
  /** The release by which this one was taken back after it was complete. */
  rolledBackBy?: string;
  /** Approved past the policies, by the permission for emergencies. */
  emergency: boolean;
  /** Whether something in it was not observed. */
  gaps: boolean;
}

/** @public */
export interface ReleaseStep {
  index: number;
  kind: StepKind;
  label: string;
  state: 'done' | 'current' | 'next' | 'skipped' | 'failed';
  startedAt?: string;
  endedAt?: string;
  durationSeconds?: number;
  /** It came and went while nobody watched: its times are not known. */
  unobserved: boolean;
}

/** A change of the weights, in units of `max`. @public */
export interface ReleaseWeight {
  at: string;
  desired: number;
  actual: number;
  max: number;
}

/** @public */
export interface ReleasePause {
  /** "CanaryPauseStep", "BlueGreenPause", "Manual" … */
  reason: string;
  stepIndex?: number;
  startedAt: string;
  /** What the step asks for; absent when it waits for a person. */
  plannedSeconds?: number;
  endedAt?: string;
  durationSeconds?: number;
  /** `outside`: by something that is neither the portal nor the clock. */
  endedBy?: {
    kind: 'time' | 'person' | 'outside' | 'release-end' | 'unknown';
    by?: string;
    action?: RolloutAction;
  };
}

/** @public */
export interface ReleaseVote {
  by: string;
  at: string;
  vote: 'approve' | 'reject';
  comment?: string;
  /** Whose vote it is, when a delegate gave it. */
  onBehalfOf?: string;
}

/** Somebody asked to be allowed an action. @public */
export interface ReleaseRequest {
  id: string;
  action: RolloutAction;
  requestedBy: string;
  requestedAt: string;
  reason?: string;
  stepIndex?: number;
  /** Names of the policies that had to be satisfied. */
  policies: string[];
  expiresAt?: string;
  state:
    | 'open'
    | 'approved'
    | 'rejected'
    | 'withdrawn'
    | 'voided'
    | 'expired'
    | 'executed';
  endedAt?: string;
  /** Why it was rejected, voided or withdrawn. */
  endReason?: string;
  emergency: boolean;
  /** Who did in an emergency what had been asked for, without the answer. */
  passed?: { by: string; at: string; reason: string };
  votes: ReleaseVote[];
  comments: { by: string; at: string; text: string }[];
  /** What was seen when it was asked: label and value, in order. */
  snapshot: { label: string; value: string }[];
}

/** @public */
export interface ReleaseAction {
  id: string;
  action: RolloutAction;
  at: string;
  endedAt?: string;
  /** Who decided. */
  by: string;
  /** As whom the portal wrote to the cluster. */
  through?: string;
  reason?: string;
  outcome: 'pending' | 'applied' | 'sent' | 'unchanged' | 'refused';
  message?: string;
}

/** A time in which nobody watched. @public */
export interface ReleaseGap {
  from?: string;
  to: string;
  cause:
    | 'portal-down'
    | 'cluster-unreachable'
    | 'buffer-full'
    | 'retention'
    | 'first-seen';
}

/** @public */
export interface Release extends ReleaseSummary {
  steps: ReleaseStep[];
  weights: ReleaseWeight[];
  pauses: ReleasePause[];
  analysisRuns: AnalysisRunView[];
  requests: ReleaseRequest[];
  actions: ReleaseAction[];
  /** Phase changes and other notes of the controller. */
  notes: { at: string; severity: 'info' | 'warning' | 'error'; text: string }[];
  gapsIn: ReleaseGap[];
  /** The release of this rollout before it, to compare with. */
  previous?: string;
  /** Where its entries stand in the chain of its rollout. */
  chain: { stream: string; first: number; last: number; hash: string };
}

/** Newest first. @public */
export interface ReleasePage {
  items: ReleaseSummary[];
  nextCursor?: string;
}
