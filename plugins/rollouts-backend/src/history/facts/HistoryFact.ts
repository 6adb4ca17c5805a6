import type {
  AnalysisRunView,
  ReleaseAction,
  ReleaseCause,
  ReleaseGap,
  ReleaseImage,
  ReleaseOutcome,
  ReleaseRequest,
  ReleaseSummary,
  ReleaseVote,
  StepKind,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** A step of the strategy as it was when the release began. */
export interface PlannedStep {
  kind: StepKind;
  label: string;
  /** Of a pause with a duration. */
  plannedSeconds?: number;
}

export interface ReleaseStarted {
  cluster: string;
  namespace: string;
  name: string;
  uid: string;
  /** The label by which entities claim the object. */
  kubernetesId?: string;
  entityRefs: string[];
  revision?: number;
  podHash: string;
  attempt: number;
  strategy: ReleaseSummary['strategy'];
  router?: string;
  images: ReleaseImage[];
  steps: PlannedStep[];
  rollbackTo?: number;
  /** RFC 3339 */
  committedAt?: string;
  /** False: it had begun before anybody looked. */
  observed: boolean;
}

/** What an entry says, by its kind. */
export interface FactData {
  'release-started': ReleaseStarted;
  /** It came to a step; `index` = number of steps when it is past the last. */
  step: { index: number; observed: boolean };
  weight: { desired: number; actual: number; max: number };
  'pause-started': {
    reason: string;
    stepIndex?: number;
    plannedSeconds?: number;
  };
  'pause-ended': { reason: string; startedAt: number; byTime: boolean };
  'analysis-started': { uid: string; name: string };
  'analysis-finished': { run: AnalysisRunView };
  note: { severity: 'info' | 'warning' | 'error'; text: string };
  'release-ended': {
    outcome: ReleaseOutcome;
    cause?: ReleaseCause;
    reason?: string;
    observed: boolean;
  };
  /**
   * After an abort: stable has all of the traffic. Not observed: it had when
   * somebody looked again, and nobody knows since when.
   */
  restored: { observed?: false };
  /** The release before this one was taken back by it. */
  'rolled-back': { by: string };
  /** The catalog says otherwise now. */
  entities: { entityRefs: string[] };
  gap: ReleaseGap;
  template: { podHash: string; template: unknown };
  action: ReleaseAction;
  request: Omit<ReleaseRequest, 'votes' | 'comments' | 'state' | 'endedAt'>;
  vote: { requestId: string; vote: ReleaseVote };
  comment: { requestId: string; by: string; text: string };
  /** It was done past the policies. */
  emergency: { requestId: string; by: string; reason: string };
  'request-ended': {
    requestId: string;
    state: ReleaseRequest['state'];
    by?: string;
    reason?: string;
  };
}

export type FactKind = keyof FactData;

/**
 * Something that happened, before it is an entry of the chain. `key` says
 * what it is within its stream: a second one with the same key is the same.
 */
export type HistoryFact = {
  [K in FactKind]: {
    releaseId?: string;
    kind: K;
    key: string;
    /** Milliseconds since the epoch. */
    at: number;
    data: FactData[K];
  };
}[FactKind];

/** A fact where it stands in its chain. */
export type HistoryEntry = HistoryFact & {
  stream: string;
  seq: number;
  recordedAt: number;
  previousHash: string;
  hash: string;
};
