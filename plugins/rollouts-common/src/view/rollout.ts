import type { RolloutAction } from '../actions/actions';
import type { ActionLock } from '../gates/lock';
import type { AnalysisPhase } from '../kubernetes/analysis';
import type { RolloutPhase } from '../kubernetes/rollout';

/**
 * What the API hands out and the portal shows. Times are RFC 3339 in UTC,
 * weights are in units of `weights.max` (100 unless the manifest says
 * otherwise), durations are seconds. Everything here is derived from objects
 * in memory; nothing in it is a second interpretation by the browser.
 */

/** @public */
export interface RolloutRef {
  cluster: string;
  namespace: string;
  name: string;
}

/** @public */
export interface ImageChange {
  container: string;
  /** What the stable revision runs. */
  stable?: string;
  /** What the current template asks for. */
  current?: string;
}

/** @public */
export interface WeightsView {
  /** What the steps ask for. */
  desired: number;
  /** What is routed, or the canary's share of available pods. */
  actual: number;
  max: number;
  /** False: no traffic router, the weight is the share of pods. */
  routed: boolean;
}

/** @public */
export interface ReplicaCounts {
  desired: number;
  ready: number;
  available: number;
}

/** A GitOps tool that will undo changes made elsewhere. @public */
export interface ManagedBy {
  tool: 'Argo CD' | 'Flux' | 'Helm';
  name: string;
}

/** @public */
export interface RolloutSummary {
  ref: RolloutRef;
  uid: string;
  /** Catalog entities it belongs to, as entity refs. */
  entityRefs: string[];
  strategy: 'canary' | 'blueGreen' | 'rollingUpdate';
  /** `Istio`, `nginx` …; undefined when weights are by replica count. */
  router?: string;
  phase: RolloutPhase;
  /** The controller's own message ("CanaryPauseStep"). */
  message: string;
  /** What is happening and why, a sentence a person could say aloud. */
  sentence: string;
  /** What comes next, likewise; absent when nothing does. */
  next?: string;
  aborted: boolean;
  images: ImageChange[];
  revision?: number;
  stableRevision?: number;
  /** Undefined when the strategy has no steps. `index` = count when done. */
  step?: { index: number; count: number };
  weights: WeightsView;
  pods: {
    desired: number;
    stable: ReplicaCounts;
    /** The new revision's pods; zeros when there is none in progress. */
    canary: ReplicaCounts;
  };
  /** When the current revision's ReplicaSet was created. */
  startedAt?: string;
  managedBy?: ManagedBy;
  /** Who acts on this object. */
  controller: 'argo' | 'embedded' | 'none' | 'unknown';
  /** Set when the cluster has not been heard from. */
  stale?: StaleView;
}

/** @public */
export interface StaleView {
  since: string;
  reason: string;
}

/** @public */
export type StepKind =
  | 'setWeight'
  | 'pause'
  | 'setCanaryScale'
  | 'analysis'
  | 'experiment'
  | 'setHeaderRoute'
  | 'setMirrorRoute'
  | 'replicaProgressThreshold'
  | 'plugin'
  | 'unknown';

/** @public */
export type StepState = 'done' | 'current' | 'next' | 'skipped' | 'failed';

/** @public */
export interface StepView {
  index: number;
  kind: StepKind;
  state: StepState;
  /** "20 %", "pause 10 s", "analysis success-rate". */
  label: string;
  /** What it does and did, in sentences. */
  explanation: string;
  /** Pause with a duration: when it began and ends, if it is running. */
  pause?: { durationSeconds?: number; startedAt?: string; endsAt?: string };
  weight?: number;
  analysisRun?: string;
  /** When the rollout came to this step and when it left it, where known. */
  startedAt?: string;
  finishedAt?: string;
}

/** @public */
export interface RouteChip {
  kind: 'header' | 'mirror' | 'experiment';
  /** "x-debug: true → canary", "10 % mirrored". */
  label: string;
}

/** @public */
export interface MeasurementView {
  phase: AnalysisPhase;
  startedAt?: string;
  finishedAt?: string;
  /** The provider's text, already redacted. */
  value?: string;
  /** The number in `value` when it is one; NaN and infinities are absent. */
  number?: number;
  /** Set when `value` is NaN or infinite. */
  notANumber?: 'NaN' | '+Inf' | '-Inf';
  message?: string;
}

/** @public */
export interface ThresholdView {
  /** "≥ 95 %", "< 500 ms": the condition in short. */
  label: string;
  /** Present when the condition compares one number. */
  operator?: '>=' | '>' | '<=' | '<' | '==' | '!=';
  value?: number;
}

/** @public */
export interface MetricView {
  name: string;
  provider: string;
  phase: AnalysisPhase;
  dryRun: boolean;
  successCondition?: string;
  failureCondition?: string;
  threshold?: ThresholdView;
  /** How to print the numbers: a share of one, seconds, or as they are. */
  unit: 'ratio' | 'seconds' | 'none';
  last?: MeasurementView;
  /** Oldest first. */
  measurements: MeasurementView[];
  counts: {
    /** Planned; undefined when it runs until the rollout is done. */
    planned?: number;
    measured: number;
    successful: number;
    failed: number;
    inconclusive: number;
    error: number;
    failureLimit: number;
    inconclusiveLimit: number;
    consecutiveErrorLimit: number;
  };
  /** The query with its arguments filled in. */
  resolvedQuery?: string;
  message?: string;
  /** Lint findings: "fails open on NaN: only a failureCondition". */
  warnings: string[];
}

/** @public */
export interface AnalysisRunView {
  name: string;
  uid: string;
  kind:
    | 'background'
    | 'step'
    | 'pre-promotion'
    | 'post-promotion'
    | 'experiment'
    | 'standalone';
  stepIndex?: number;
  revision?: number;
  phase: AnalysisPhase;
  message?: string;
  /** Why it decided as it did: metric, value, threshold, in a sentence. */
  verdict?: string;
  startedAt?: string;
  completedAt?: string;
  metrics: MetricView[];
}

/** @public */
export interface PodView {
  name: string;
  ready: boolean;
  /** "Running", "ImagePullBackOff", "Terminating" … */
  status: string;
  message?: string;
  restarts: number;
  createdAt?: string;
}

/**
 * What an update to a revision came to. `rolled-back`: aborted by analysis;
 * `aborted`: by a person or a deadline, or nobody knows why.
 * @public
 */
export type RevisionOutcome = 'completed' | 'aborted' | 'rolled-back';

/** @public */
export interface RevisionView {
  revision: number;
  /** Of the last update to it; absent where it is not known or goes on. */
  outcome?: RevisionOutcome;
  podHash: string;
  replicaSet: string;
  role: 'stable' | 'canary' | 'active' | 'preview' | 'old';
  images: { container: string; image: string }[];
  replicas: ReplicaCounts;
  createdAt?: string;
  /** Set when it is kept for a while after traffic left it. */
  scaleDownAt?: string;
  pods: PodView[];
  analysisRuns: string[];
}

/** @public */
export interface TimelineEntry {
  id: string;
  at: string;
  source: 'event' | 'action' | 'analysis';
  severity: 'info' | 'warning' | 'error';
  /** "RolloutAborted", "promote" … */
  title: string;
  text: string;
  /** A user's entity ref or a controller's name. */
  by?: string;
  count?: number;
}

/** An action as the rollout's state allows it, for anyone. @public */
export interface ActionView {
  action: RolloutAction;
  /** "Promote to 40 %". */
  label: string;
  applicable: boolean;
  /** Why it is not applicable and what would help. */
  reason?: string;
  /** The action most wanted now. */
  primary?: boolean;
  destructive?: boolean;
  /** What will happen, from the planner. */
  consequences: string[];
  /** What keeps it from everybody for now; absent when nothing does. */
  locks?: ActionLock[];
}

/** Whether this person may, whatever the rollout's state. @public */
export type AccessView = Record<
  RolloutAction,
  { allowed: boolean; reason?: string }
> &
  Partial<
    Record<
      'request-approval' | 'decide-approval' | 'emergency',
      { allowed: boolean; reason?: string }
    >
  >;

/** The same for every viewer. @public */
export interface RolloutDetail extends RolloutSummary {
  generation: number;
  /** Changes whenever anything below does; use as ETag and order of arrival. */
  version: string;
  podHash?: string;
  paused: boolean;
  steps: StepView[];
  routes: RouteChip[];
  /** The metrics that decide now, of the runs in progress or the one that ended it. */
  metrics: MetricView[];
  analysisRuns: AnalysisRunView[];
  revisions: RevisionView[];
  timeline: TimelineEntry[];
  actions: ActionView[];
  /** Problems of the manifest or its surroundings, with what to do. */
  problems: { message: string; remedy?: string }[];
}
