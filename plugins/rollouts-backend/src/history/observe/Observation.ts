import type {
  AnalysisRunView,
  ReleaseCause,
  ReleaseGap,
  ReleaseImage,
  ReleaseSummary,
  WeightsView,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { PlannedStep } from '../facts/HistoryFact';

/** An analysis run of it, made for reading only when it is to be recorded. */
export interface ObservedRun {
  uid: string;
  name: string;
  podHash: string;
  startedAt: number;
  /** Set once it has a verdict. */
  completedAt?: number;
  view: () => AnalysisRunView;
}

/** A rollout at one moment, as far as the history looks at it. Times are in milliseconds. */
export interface Observation {
  /** When the portal saw it. */
  at: number;
  cluster: string;
  namespace: string;
  name: string;
  uid: string;
  kubernetesId?: string;
  entityRefs: string[];
  resourceVersion?: string;
  gone: boolean;
  strategy: ReleaseSummary['strategy'];
  router?: string;
  podHash: string;
  stableHash: string;
  revision?: number;
  /** When the ReplicaSet of the current version was made, if for this revision. */
  createdAt?: number;
  /** The last of the earlier revisions of the same template. */
  rollbackTo?: number;
  committedAt?: string;
  images: ReleaseImage[];
  steps: PlannedStep[];
  stepsHash: string;
  /** Number of steps when it is past the last. */
  stepIndex: number;
  weights: WeightsView;
  aborted: boolean;
  abortedAt?: number;
  /** The controller's words for an abort. */
  reason?: string;
  cause?: ReleaseCause;
  pauses: { reason: string; startedAt: number }[];
  /** Problem that the controller reports without ending the release. */
  trouble?: string;
  runs: ObservedRun[];
  /** Set on the first look after nobody watched. */
  gap?: ReleaseGap;
}
