import type {
  AnalysisRun,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES } from '@progressive-delivery/kube/resources';
import type { RolloutContext } from '../context';
import { isFinished } from './findRun';

/** Source: specification, `analysis.*RunHistoryLimit`. */
const DEFAULT_LIMIT = 5;

function limitOf(rollout: Rollout, successful: boolean): number {
  const { analysis } = rollout.spec;
  return (
    (successful
      ? analysis?.successfulRunHistoryLimit
      : analysis?.unsuccessfulRunHistoryLimit) ?? DEFAULT_LIMIT
  );
}

/** Ends runs that nobody waits for any more, and forgets the oldest ones. */
export function retireRuns(context: RolloutContext): void {
  const { snapshot, draft, rollout } = context;
  const { canary, blueGreen } = draft.status;
  const inUse = new Set(
    [
      canary?.currentStepAnalysisRunStatus,
      canary?.currentBackgroundAnalysisRunStatus,
      blueGreen?.prePromotionAnalysisRunStatus,
      blueGreen?.postPromotionAnalysisRunStatus,
    ].map(each => each?.name),
  );
  const live = snapshot.analysisRuns.filter(
    run => run.metadata.deletionTimestamp === undefined,
  );
  const idle = live.filter(run => !inUse.has(run.metadata.name));
  // After an abort the status still names its runs, for people to read.
  for (const run of draft.status.abort ? live : idle) {
    if (!isFinished(run) && !run.spec.terminate) {
      draft.patch(
        RESOURCES.analysisRuns,
        run,
        { spec: { terminate: true } },
        `ended analysis ${run.metadata.name}: nothing waits for it`,
      );
    }
  }
  const newestFirst = (a: AnalysisRun, b: AnalysisRun) =>
    (b.metadata.creationTimestamp ?? '').localeCompare(
      a.metadata.creationTimestamp ?? '',
    );
  for (const successful of [true, false]) {
    idle
      .filter(
        run =>
          isFinished(run) &&
          (run.status?.phase === 'Successful') === successful,
      )
      .sort(newestFirst)
      .slice(limitOf(rollout, successful))
      .forEach(run =>
        draft.remove(
          'delete',
          RESOURCES.analysisRuns,
          run,
          `deleted analysis ${run.metadata.name}: beyond the history limit`,
        ),
      );
  }
}
