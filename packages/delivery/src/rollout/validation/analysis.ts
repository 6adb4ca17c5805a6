import type { RolloutAnalysis } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { AnalysisBuildError } from '../../analysis/build/AnalysisBuildError';
import { buildAnalysisRun } from '../../analysis/build/buildAnalysisRun';
import {
  endlessMetric,
  templateProblem,
} from '../../analysis/build/templateProblem';
import type { RolloutSnapshot } from '../snapshot';
import type { Problem } from './problem';

function findProblem(
  snapshot: RolloutSnapshot,
  analysis: RolloutAnalysis,
  mustEnd: boolean,
): string | undefined {
  const unknown: string[] = [];
  const { spec } = buildAnalysisRun({
    rollout: snapshot.rollout,
    analysis,
    type: 'Background',
    podHash: '-',
    stableHash: '-',
    revision: '0',
    templates: snapshot,
    onMissing: argument => unknown.push(argument),
  });
  const problem = templateProblem(spec, unknown);
  if (problem || !mustEnd) return problem;
  const endless = endlessMetric(spec, unknown);
  return (
    endless &&
    `metric ${endless.name} runs indefinitely, and what waits for it would never go on: set its count`
  );
}

/**
 * Whether the analysis could be started, and would mean something: building it
 * names what is missing, before it is anybody's turn.
 *
 * @param field - path of the analysis in the rollout
 * @param mustEnd - something waits for it
 */
export function validateAnalysis(
  snapshot: RolloutSnapshot,
  field: string,
  analysis: RolloutAnalysis,
  mustEnd: boolean,
): Problem[] {
  let missing = false;
  let detail: string | undefined;
  try {
    detail = findProblem(snapshot, analysis, mustEnd);
  } catch (error) {
    if (!(error instanceof AnalysisBuildError)) throw error;
    detail = error.message;
    missing = error.missing;
  }
  const names = (analysis.templates ?? []).map(each => each.templateName);
  return detail
    ? [
        {
          field: `${field}.templates`,
          kind: 'Invalid value',
          value: names.join(', '),
          detail,
          missing,
        },
      ]
    : [];
}
