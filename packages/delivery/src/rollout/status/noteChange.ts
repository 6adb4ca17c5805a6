import type { CanaryStep } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { hasLostStable, isPromoted, type RolloutContext } from '../context';
import type { PlanMemory } from '../memory/planMemory';
import { isInRollbackWindow } from '../revisions/isInRollbackWindow';
import { forgetStepPlugins } from '../stepPlugins/statuses';
import { canonicalJson } from '../template/canonicalJson';
import { shortHash } from '../template/templateHash';
import { stepsHash } from './stepsHash';

/** Of hashes that earlier versions of this controller wrote, in their own way. */
const FORMER = 'steps-';

function hashOfSteps(
  steps: CanaryStep[] | undefined,
  { stepHashes }: PlanMemory,
): string {
  return steps
    ? stepHashes.of(steps, () => stepsHash(steps))
    : stepsHash(undefined);
}

/** Whether the hash in a status is of other steps. */
function isOfOthers(
  known: string | undefined,
  steps: CanaryStep[],
  hash: string,
): boolean {
  if (!known) return false;
  return known.startsWith(FORMER)
    ? known !== FORMER + shortHash(canonicalJson(steps))
    : known !== hash;
}

/**
 * A new template or new steps start over: aborts, pauses and requests were
 * about something else. Going back to stable, or to a revision within the
 * rollback window, skips the steps.
 */
export function noteChange(context: RolloutContext): void {
  const { rollout, current, before, draft, memory } = context;
  const { status } = draft;
  const { canary, blueGreen } = rollout.spec.strategy ?? {};
  const steps = canary?.steps ?? [];
  const stepHash = blueGreen ? undefined : hashOfSteps(canary?.steps, memory);
  const newTemplate =
    before.currentPodHash !== undefined &&
    before.currentPodHash !== current.hash;
  const newSteps =
    stepHash !== undefined &&
    isOfOthers(before.currentStepHash, steps, stepHash);
  status.currentPodHash = current.hash;
  status.currentStepHash = stepHash;

  // Other steps are no word that what was aborted may take the place of a
  // stable that is gone: that takes a retry, or another version.
  const startsOver = newTemplate || (newSteps && !hasLostStable(context));
  if (startsOver) {
    status.abort = undefined;
    status.abortedAt = undefined;
    status.pauseConditions = undefined;
    status.controllerPause = undefined;
    status.promoteFull = undefined;
    status.message = undefined;
    status.canary = status.canary && {
      ...status.canary,
      currentStepAnalysisRunStatus: undefined,
      currentBackgroundAnalysisRunStatus: undefined,
      currentExperiment: undefined,
    };
    status.blueGreen = status.blueGreen && {
      activeSelector: status.blueGreen.activeSelector,
      previewSelector: status.blueGreen.previewSelector,
    };
    forgetStepPlugins(status);
    draft.because(
      newTemplate
        ? `a new template: revision ${current.number} starts over`
        : 'the steps have changed: starting over',
    );
  }
  if (newTemplate && rollout.spec.restartAt) {
    // A new template replaces all pods: docs, features/restart.
    status.restartedAt = rollout.spec.restartAt;
  }
  status.currentStepIndex = stepIndex(context, startsOver, steps);
}

function stepIndex(
  context: RolloutContext,
  startOver: boolean,
  steps: CanaryStep[],
): number | undefined {
  const { before, draft, stable } = context;
  if (!steps.length) return undefined;
  // The first revision takes no steps. Argo Rollouts shows the first one for a
  // moment, until its ReplicaSet is there, and so do we.
  if (!stable && !hasLostStable(context)) {
    return before.currentPodHash === undefined ? 0 : steps.length;
  }
  if (isPromoted(context)) {
    if (startOver && before.currentPodHash !== stable?.hash) {
      draft.event('SkipSteps', 'Rollback to stable ReplicaSets');
      draft.because('back to the stable template: the steps are skipped');
    }
    return steps.length;
  }
  if (!startOver) {
    return Math.min(Math.max(0, before.currentStepIndex ?? 0), steps.length);
  }
  if (isInRollbackWindow(context)) {
    draft.event('SkipSteps', 'Rollback within the window');
    draft.because(
      'back to a revision within the rollback window: the steps are skipped',
    );
    return steps.length;
  }
  return 0;
}
