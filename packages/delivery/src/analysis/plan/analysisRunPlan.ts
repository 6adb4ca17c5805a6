import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { PlannedEvent } from '../../rollout/plan';
import type { DueMeasurement } from './schedule';

export type AnalysisRunStatus = NonNullable<AnalysisRun['status']>;

/** What to do about one AnalysisRun now. */
export interface AnalysisRunPlan {
  /** The whole new status; written only when it differs. */
  status: AnalysisRunStatus;
  /** Metrics to measure now. One that is being measured already is left alone. */
  due: DueMeasurement[];
  /** The run has outlived its `ttlStrategy`: why it is to be deleted. */
  expired?: string;
  /** Milliseconds since the epoch: plan again then. */
  wakeAt?: number;
  events: PlannedEvent[];
  /** In words, why. */
  reasons: string[];
}
