/**
 * How releases went over a range of time, by the definitions in
 * docs/history.md. A release counts where it ended.
 */

/** Of a set of durations. @public */
export interface DurationMeasure {
  /** How many releases it is known of. */
  count: number;
  medianSeconds?: number;
  p90Seconds?: number;
}

/** @public */
export interface ReleaseMeasures {
  /** Releases that were completed: what counts as deployed. */
  deployments: number;
  deploymentsPerDay: number;
  /** Completed ones and failed ones. */
  ended: number;
  /** Aborted ones, and completed ones that were rolled back. */
  failed: number;
  /** `failed` of `ended`; absent when none ended. */
  changeFailureRate?: number;
  /** From the commit to the completed release. */
  leadTime: DurationMeasure;
  /** From the failure until the version before it served everybody again. */
  timeToRestore: DurationMeasure;
  /** From the begin to the end of completed releases. */
  duration: DurationMeasure;
}

/** @public */
export interface MeasuresResponse extends ReleaseMeasures {
  from: string;
  to: string;
  /** Oldest first, without holes. */
  buckets: ({ from: string; to: string } & ReleaseMeasures)[];
}
