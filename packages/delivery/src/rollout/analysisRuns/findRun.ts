import {
  ANALYSIS_TYPE_LABEL,
  POD_TEMPLATE_HASH_LABEL,
  STEP_INDEX_LABEL,
  type AnalysisRun,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { AnalysisRunType } from '../../analysis/build/buildAnalysisRun';
import type { RolloutContext } from '../context';

const FINISHED = new Set(['Successful', 'Failed', 'Error', 'Inconclusive']);

/** A run in this phase has decided. */
export function isFinal(phase: string | undefined): boolean {
  return FINISHED.has(phase ?? '');
}

/** The run has decided. */
export function isFinished(run: AnalysisRun): boolean {
  return isFinal(run.status?.phase);
}

/**
 * The run of this attempt: the one that the status names, or else one that was
 * created for the same purpose and is still at work, because a crash came
 * between its creation and the status. A finished run that the status does not
 * name belongs to an earlier attempt and decides nothing.
 */
export function findRun(
  context: RolloutContext,
  type: AnalysisRunType,
  named: string | undefined,
  stepIndex?: number,
): AnalysisRun | undefined {
  const runs = context.snapshot.analysisRuns.filter(
    ({ metadata }) => metadata.deletionTimestamp === undefined,
  );
  const byName = runs.find(run => run.metadata.name === named);
  if (byName) return byName;
  return runs.find(run => {
    const labels = run.metadata.labels ?? {};
    return (
      labels[ANALYSIS_TYPE_LABEL] === type &&
      labels[POD_TEMPLATE_HASH_LABEL] === context.current.hash &&
      (stepIndex === undefined ||
        labels[STEP_INDEX_LABEL] === String(stepIndex)) &&
      !isFinished(run) &&
      !run.spec.terminate
    );
  });
}
