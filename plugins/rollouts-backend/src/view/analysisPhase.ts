import type { AnalysisPhase } from '@progressive-delivery/backstage-plugin-rollouts-common';

const PHASES: Record<AnalysisPhase, true> = {
  Pending: true,
  Running: true,
  Successful: true,
  Failed: true,
  Error: true,
  Inconclusive: true,
};

/**
 * The phase of an analysis, a metric or a run, as the status says it. Argo
 * Rollouts makes runs with the phase `""`: until it, or a later version, says
 * one that is known, it is pending.
 */
export function analysisPhase(said: string | undefined): AnalysisPhase {
  return said !== undefined && Object.hasOwn(PHASES, said)
    ? (said as AnalysisPhase)
    : 'Pending';
}
