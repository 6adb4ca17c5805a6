import type {
  AnalysisRun,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** How long an analysis takes and how it ends. */
export interface AnalysisFate {
  afterMilliseconds: number;
  phase: 'Successful' | 'Failed' | 'Error' | 'Inconclusive';
  message?: string;
}

/** What becomes of an analysis run as time goes by. */
export interface AnalysisLife {
  /**
   * The run's status at this time, and when it changes by itself.
   *
   * @param now - milliseconds since the epoch
   */
  advance(
    run: AnalysisRun,
    now: number,
    /** As it is now; absent: an experiment alone. */
    rollout?: Rollout,
  ): { status: AnalysisRun['status']; wakeAt?: number };
}

/**
 * Runs that end as they are told, without measurements.
 *
 * @param fateOf - `undefined`: the run goes on until it is told to end
 */
export function fatedLife(
  fateOf: (run: AnalysisRun) => AnalysisFate | undefined,
): AnalysisLife {
  return {
    advance(run, now) {
      if (run.spec.terminate) {
        return { status: { phase: 'Successful', message: 'Run Terminated' } };
      }
      const fate = fateOf(run);
      const started = Date.parse(run.metadata.creationTimestamp ?? '');
      if (!fate) return { status: { phase: 'Running' } };
      const endsAt = started + fate.afterMilliseconds;
      return now < endsAt
        ? { status: { phase: 'Running' }, wakeAt: endsAt }
        : { status: { phase: fate.phase, message: fate.message } };
    },
  };
}
