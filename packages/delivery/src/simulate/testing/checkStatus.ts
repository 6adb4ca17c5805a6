import type {
  ReplicaSet,
  RolloutStatus,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  POD_TEMPLATE_HASH_LABEL,
  SCALE_DOWN_DEADLINE_ANNOTATION,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { RolloutSnapshot } from '../../rollout/snapshot';
import { BrokenInvariantError } from './checkedCluster';

/** A person's promotion, as it stands in the status until it is acted on. */
const isUnpaused = ({ controllerPause, pauseConditions }: RolloutStatus) =>
  controllerPause === true && !pauseConditions?.length;

/** I3, I6: between two statuses. */
export function checkStatus(
  before: RolloutStatus,
  after: RolloutStatus,
  snapshot: RolloutSnapshot,
) {
  const sameAttempt =
    before.currentPodHash === after.currentPodHash &&
    before.currentStepHash === after.currentStepHash &&
    !after.abort &&
    !before.abort &&
    // A retry is another attempt: what the status names is of the one before.
    before.abortedAt === undefined;
  const [from, to] = [before.currentStepIndex, after.currentStepIndex];
  if (sameAttempt && from !== undefined && to !== undefined && to < from) {
    throw new BrokenInvariantError(`I3: step ${from} went back to ${to}`);
  }
  const run = snapshot.analysisRuns.find(
    each =>
      each.metadata.name === before.canary?.currentStepAnalysisRunStatus?.name,
  );
  const experiment = snapshot.experiments.find(
    each => each.metadata.name === before.canary?.currentExperiment,
  );
  const phase = run?.status?.phase ?? experiment?.status?.phase ?? '';
  const bad = ['Failed', 'Error', 'Inconclusive'].includes(phase);
  if (
    sameAttempt &&
    bad &&
    // With stable gone there is nobody else: it comes up as a first revision.
    revisionOf(snapshot, before.stableRS) &&
    !isUnpaused(before) &&
    !after.promoteFull &&
    !before.promoteFull &&
    (to ?? 0) > (from ?? 0)
  ) {
    throw new BrokenInvariantError(
      `I6: step ${from} passed with analysis ${phase}`,
    );
  }
  if (
    after.stableRS === after.currentPodHash &&
    before.stableRS !== after.stableRS &&
    before.stableRS !== undefined &&
    before.currentPodHash === after.currentPodHash &&
    before.abort &&
    !before.promoteFull
  ) {
    throw new BrokenInvariantError('I6: what was aborted became stable');
  }
  checkPromotion(before, after, snapshot);
}

function revisionOf(
  { replicaSets }: RolloutSnapshot,
  hash: string | undefined,
) {
  return replicaSets.find(
    ({ metadata }) =>
      hash !== undefined && metadata.labels?.[POD_TEMPLATE_HASH_LABEL] === hash,
  );
}

/** Back to an older revision that still runs: it needs nobody's approval. */
function isFastRollback(current: ReplicaSet, stable: ReplicaSet): boolean {
  const { annotations = {}, creationTimestamp = '' } = current.metadata;
  return (
    annotations[SCALE_DOWN_DEADLINE_ANNOTATION] !== undefined &&
    creationTimestamp < (stable.metadata.creationTimestamp ?? '')
  );
}

/**
 * I6, I9 of blue-green: users reach a revision, and it becomes stable, only
 * after the analysis and the person that the strategy asks for.
 */
function checkPromotion(
  before: RolloutStatus,
  after: RolloutStatus,
  snapshot: RolloutSnapshot,
) {
  const { spec } = snapshot.rollout;
  const { blueGreen } = spec.strategy ?? {};
  const hash = after.currentPodHash;
  const current = revisionOf(snapshot, hash);
  const stable = revisionOf(snapshot, before.stableRS);
  if (
    !blueGreen ||
    spec.rollbackWindow ||
    !current ||
    !stable ||
    stable === current ||
    before.promoteFull ||
    isFastRollback(current, stable)
  ) {
    return;
  }
  const verdict = (run: { status: string } | undefined) =>
    run?.status ?? 'none';
  const wasActive = before.blueGreen?.activeSelector === hash;
  if (after.blueGreen?.activeSelector === hash && !wasActive) {
    const pre = verdict(after.blueGreen?.prePromotionAnalysisRunStatus);
    if (blueGreen.prePromotionAnalysis && pre !== 'Successful') {
      throw new BrokenInvariantError(`I6: users reach it with analysis ${pre}`);
    }
    if (
      blueGreen.autoPromotionEnabled === false &&
      !isUnpaused(before) &&
      !before.blueGreen?.scaleUpPreviewCheckPoint
    ) {
      throw new BrokenInvariantError('I9: users reach it, and nobody promoted');
    }
  }
  if (after.stableRS === hash) {
    const post = verdict(after.blueGreen?.postPromotionAnalysisRunStatus);
    if (blueGreen.postPromotionAnalysis && post !== 'Successful') {
      throw new BrokenInvariantError(`I6: it is stable with analysis ${post}`);
    }
  }
}
