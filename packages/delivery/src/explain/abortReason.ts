import type {
  AnalysisRun,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { readableFailure } from '../rollout/analysisRuns/failureText';
import { readableExperimentFailure } from '../rollout/experiments/failureText';
import { analysisVerdict } from './analysisVerdict';

/**
 * Why an update was aborted, in words, without a full stop: the verdict of the
 * analysis that decided, or else what the controller said. Empty when somebody
 * aborted it by hand.
 * @param runs - of the rollout, as far as they are known
 */
export function abortReason(rollout: Rollout, runs?: AnalysisRun[]): string {
  const run = decidingRun(rollout, runs);
  const said = rollout.status?.conditions?.find(
    each => each.type === 'Progressing',
  )?.message;
  return (
    (run && analysisVerdict(run)) ??
    readableExperimentFailure(
      readableFailure(
        said?.replace(/^Rollout aborted update to revision \d+(: )?/, '') ?? '',
      ),
    )
  );
}

/** The run that holds the rollout up or has ended it. */
export function decidingRun(
  rollout: Rollout,
  runs: AnalysisRun[] = [],
): AnalysisRun | undefined {
  const { canary, blueGreen } = rollout.status ?? {};
  const refs = [
    canary?.currentStepAnalysisRunStatus,
    canary?.currentBackgroundAnalysisRunStatus,
    blueGreen?.prePromotionAnalysisRunStatus,
    blueGreen?.postPromotionAnalysisRunStatus,
  ];
  const bad = refs.find(
    ref => ref && ['Failed', 'Error', 'Inconclusive'].includes(ref.status),
  );
  return runs.find(run => run.metadata.name === bad?.name);
}
