import type { RolloutStatus } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { markAborted } from './abort';
import { abortMessage } from './abortMessage';
import { isFinal } from '../analysisRuns/findRun';
import { isPromoted, type RolloutContext } from '../context';
import { parseTime } from '../time';
import { setCondition, type NewCondition } from './conditions';

/** Source: specification, progressDeadlineSeconds. */
const DEFAULT_DEADLINE_SECONDS = 600;

/** Something moved since the last status: pods, steps or traffic. */
function hasProgressed(before: RolloutStatus, after: RolloutStatus): boolean {
  return (
    before.currentPodHash !== after.currentPodHash ||
    before.stableRS !== after.stableRS ||
    before.currentStepIndex !== after.currentStepIndex ||
    (after.updatedReplicas ?? 0) > (before.updatedReplicas ?? 0) ||
    (after.readyReplicas ?? 0) > (before.readyReplicas ?? 0) ||
    (after.availableReplicas ?? 0) > (before.availableReplicas ?? 0) ||
    (after.replicas ?? 0) < (before.replicas ?? 0) ||
    before.canary?.weights?.canary.weight !==
      after.canary?.weights?.canary.weight ||
    before.blueGreen?.activeSelector !== after.blueGreen?.activeSelector ||
    before.blueGreen?.previewSelector !== after.blueGreen?.previewSelector
  );
}

function isPaused({ rollout, draft }: RolloutContext): boolean {
  return (
    rollout.spec.paused === true ||
    Boolean(draft.status.pauseConditions?.length)
  );
}

/** The current revision is stable, whole and alone. */
function isComplete(context: RolloutContext): boolean {
  const { status } = context.draft;
  return context.current.exists && status.stableRS === context.current.hash;
}

/** Blue-green: every service selects the current revision. */
function isServed({ rollout, draft, current }: RolloutContext): boolean {
  const { blueGreen } = rollout.spec.strategy ?? {};
  const { activeSelector, previewSelector } = draft.status.blueGreen ?? {};
  return (
    !blueGreen ||
    (activeSelector === current.hash &&
      (!blueGreen.previewService || previewSelector === current.hash))
  );
}

function isHealthy(context: RolloutContext): boolean {
  const { current, replicas } = context;
  return (
    isComplete(context) && current.available >= replicas && isServed(context)
  );
}

/**
 * An analysis, experiment or pause lasts as long as it is meant to, and so does
 * a hold: what is measured meanwhile is not a lack of progress.
 */
function takesItsOwnTime({ draft, rollout, current, stable }: RolloutContext) {
  const { currentStepIndex, promoteFull, blueGreen } = draft.status;
  const isMeasuring = [
    blueGreen?.prePromotionAnalysisRunStatus,
    blueGreen?.postPromotionAnalysisRunStatus,
  ].some(run => run && !isFinal(run.status));
  const step =
    rollout.spec.strategy?.canary?.steps?.[currentStepIndex ?? Infinity];
  return (
    stable !== undefined &&
    stable.hash !== current.hash &&
    !promoteFull &&
    (draft.held !== undefined ||
      isMeasuring ||
      (step?.analysis ?? step?.experiment ?? step?.pause) !== undefined)
  );
}

/** Seconds without progress before an update counts as failed. */
function reconcileDeadline(context: RolloutContext, progressed: boolean) {
  const { draft, rollout, before, now, current } = context;
  if (takesItsOwnTime(context)) return false;
  const seconds =
    rollout.spec.progressDeadlineSeconds ?? DEFAULT_DEADLINE_SECONDS;
  const old = before.conditions?.find(each => each.type === 'Progressing');
  const exceeded = old?.reason === 'ProgressDeadlineExceeded' && !progressed;
  const since = parseTime(old?.lastUpdateTime);
  const waiting =
    since !== undefined &&
    !progressed &&
    !draft.status.abort &&
    old?.reason !== 'RolloutPaused';
  const end = (since ?? now) + seconds * 1_000;
  if (!exceeded && !(waiting && now >= end)) {
    draft.wake(waiting ? end : now + seconds * 1_000);
    return false;
  }
  if (
    rollout.spec.progressDeadlineAbort &&
    !isPromoted(context) &&
    context.stable
  ) {
    markAborted(
      context,
      `ReplicaSet "${current.replicaSet.metadata.name}" has timed out progressing`,
    );
  }
  if (!exceeded) {
    draft.event(
      'ProgressDeadlineExceeded',
      `ReplicaSet "${current.replicaSet.metadata.name}" has timed out progressing.`,
      'Warning',
    );
    draft.because(`no progress for ${seconds} s`);
  }
  return true;
}

function progressing(
  context: RolloutContext,
  progressed: boolean,
): NewCondition {
  const { current, draft, before } = context;
  const { status } = draft;
  const name = current.replicaSet.metadata.name;
  if (status.abort) {
    return {
      type: 'Progressing',
      status: 'False',
      reason: 'RolloutAborted',
      message: abortMessage(context),
    };
  }
  if (isHealthy(context)) {
    return {
      type: 'Progressing',
      status: 'True',
      reason: 'NewReplicaSetAvailable',
      message: `ReplicaSet "${name}" has successfully progressed.`,
    };
  }
  if (isPaused(context)) {
    return {
      type: 'Progressing',
      status: 'Unknown',
      reason: 'RolloutPaused',
      message: 'Rollout is paused',
    };
  }
  if (reconcileDeadline(context, progressed)) {
    return draft.status.abort
      ? progressing(context, progressed)
      : {
          type: 'Progressing',
          status: 'False',
          reason: 'ProgressDeadlineExceeded',
          message: `ReplicaSet "${name}" has timed out progressing.`,
        };
  }
  if (!current.exists) {
    return {
      type: 'Progressing',
      status: 'True',
      reason: 'NewReplicaSetCreated',
      message: `Created new replica set "${name}"`,
    };
  }
  if (before.abort) {
    return {
      type: 'Progressing',
      status: 'Unknown',
      reason: 'RolloutRetry',
      message: 'Retrying Rollout after abort',
    };
  }
  return {
    type: 'Progressing',
    status: 'True',
    reason: 'ReplicaSetUpdated',
    message: `ReplicaSet "${name}" is progressing.`,
  };
}

/** Of those who serve: with blue-green that is the active revision alone. */
function hasMinimumAvailability(context: RolloutContext): boolean {
  const { current, stable, others, replicas, rollout, draft } = context;
  const all = [...new Set([current, ...(stable ? [stable] : []), ...others])];
  if (rollout.spec.strategy?.blueGreen) {
    const hash = draft.status.blueGreen?.activeSelector;
    const active = all.find(each => each.exists && each.hash === hash);
    return active !== undefined && active.available >= replicas;
  }
  const available = all.reduce((sum, each) => sum + each.available, 0);
  return available >= replicas;
}

function plainConditions(context: RolloutContext): NewCondition[] {
  const enough = hasMinimumAvailability(context);
  // An abort leaves open whether it stands still by a pause: as the reference.
  const wasPaused = context.before.conditions?.some(
    each => each.type === 'Paused' && each.status === 'True',
  );
  const paused = context.draft.status.abort
    ? wasPaused === true
    : isPaused(context);
  const healthy = isHealthy(context);
  const complete = isComplete(context);
  return [
    {
      type: 'Available',
      status: enough ? 'True' : 'False',
      reason: 'AvailableReason',
      message: enough
        ? 'Rollout has minimum availability'
        : 'Rollout does not have minimum availability',
    },
    {
      type: 'Paused',
      status: paused ? 'True' : 'False',
      reason: 'RolloutPaused',
      message: paused ? 'Rollout is paused' : 'Rollout is not paused',
    },
    {
      type: 'Healthy',
      status: healthy ? 'True' : 'False',
      reason: 'RolloutHealthy',
      message: healthy ? 'Rollout is healthy' : 'Rollout is not healthy',
    },
    {
      type: 'Completed',
      status: complete ? 'True' : 'False',
      reason: 'RolloutCompleted',
      message: 'RolloutCompleted',
    },
  ];
}

/** Brings the conditions up to what the rest of the new status says. */
export function reconcileConditions(context: RolloutContext): void {
  const { draft, before, now, current } = context;
  const { status } = draft;
  const progressed = hasProgressed(before, status);
  let conditions = (status.conditions ?? []).filter(
    each => each.type !== 'InvalidSpec',
  );
  const progress = progressing(context, progressed);
  conditions = setCondition(
    conditions,
    progress,
    now,
    progressed && !isHealthy(context),
  );
  for (const condition of plainConditions(context)) {
    const old = before.conditions?.find(each => each.type === condition.type);
    if (
      condition.type === 'Paused' &&
      old === undefined &&
      condition.status === 'False'
    ) {
      continue;
    }
    if (
      condition.type === 'Completed' &&
      condition.status === 'False' &&
      old?.status !== 'False' &&
      // The first revision has nothing that it could be an update of.
      context.stable !== undefined
    ) {
      draft.event(
        'RolloutNotCompleted',
        `Rollout not completed, started update to revision ${current.number} (${current.hash})`,
      );
    }
    conditions = setCondition(conditions, condition, now);
  }
  status.conditions = conditions;
}
