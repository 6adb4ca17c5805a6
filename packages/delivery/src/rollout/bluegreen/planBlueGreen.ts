import type { RolloutContext } from '../context';
import { dropUndecided, passAnalysis } from './analysis';
import { completeBlueGreen } from './complete';
import { blueGreenGoal, blueGreenOf, type BlueGreenGoal } from './goal';
import { endPause, passPause } from './pause';
import { isPreviewReady, previewReplicas } from './previewReplicas';
import { obeyBlueGreenRequests } from './requests';
import { scaleDownAborted, scaleDownOld } from './scaleDown';
import { scaleRevisions } from './scaleRevisions';
import { canServe } from './serving';
import {
  recordSelectors,
  switchActiveService,
  switchPreviewService,
} from './services';

/**
 * Whether analysis and pause let the current revision have the active service;
 * both are begun when the preview is ready for them.
 */
function approve(context: RolloutContext, goal: BlueGreenGoal): boolean {
  const { draft, rollout } = context;
  const { status } = draft;
  if (goal.mode !== 'preview') return false;
  if (goal.fast !== undefined) {
    dropUndecided(context, 'PrePromotion');
    endPause(context);
    return true;
  }
  const ready = isPreviewReady(context, goal);
  const { prePromotionAnalysis, previewReplicaCount } = blueGreenOf(context);
  if (!passAnalysis(context, 'PrePromotion', prePromotionAnalysis, ready)) {
    return false;
  }
  if (status.blueGreen?.scaleUpPreviewCheckPoint) return true;
  if (!ready || rollout.spec.paused || !passPause(context)) return false;
  if (previewReplicaCount !== undefined) {
    // The approval is on record from here on; the pods come up to full size.
    status.blueGreen = { ...status.blueGreen, scaleUpPreviewCheckPoint: true };
    endPause(context);
    draft.because('the preview is approved: it comes up to full size');
  }
  return true;
}

/** Whether what serves everybody may become stable. */
function verify(context: RolloutContext, goal: BlueGreenGoal): boolean {
  if (goal.mode !== 'active') return false;
  dropUndecided(context, 'PrePromotion');
  if (goal.fast !== undefined) {
    dropUndecided(context, 'PostPromotion');
    return true;
  }
  return passAnalysis(
    context,
    'PostPromotion',
    blueGreenOf(context).postPromotionAnalysis,
    canServe(context, context.current),
  );
}

function sayWhatIsMissing(context: RolloutContext, goal: BlueGreenGoal): void {
  const { current, draft } = context;
  if (goal.mode === 'promoted' || goal.mode === 'aborted') return;
  if (goal.frozen && context.rollout.spec.paused) {
    draft.because('paused by a person: no service is switched');
  } else if (!canServe(context, current) && !isPreviewReady(context, goal)) {
    draft.because(
      `${current.available} of ${previewReplicas(context, goal)} pods of revision ${current.number} are available`,
    );
  }
}

/**
 * One turn of the blue-green strategy: what people asked for, analysis and
 * pause, then the writes in the order in which they are safe: what grows, the
 * services, what shrinks.
 */
export function planBlueGreen(context: RolloutContext): void {
  obeyBlueGreenRequests(context);
  const { postPromotionAnalysis } = blueGreenOf(context);
  const asked = blueGreenGoal(context);
  const approved = approve(context, asked);
  const verified = verify(context, asked);
  // An analysis may have aborted the update, or left it to a person.
  const goal = blueGreenGoal(context);
  if (goal.mode === 'promoted' || goal.mode === 'initial') {
    dropUndecided(context, 'PrePromotion', 'PostPromotion');
  }

  scaleRevisions(context, goal);
  const preview = switchPreviewService(context, goal);
  const active = switchActiveService(context, goal, approved);
  recordSelectors(context, active, preview);
  const switched = active === context.current && goal.active !== active;
  if (switched && goal.mode === 'preview') endPause(context);
  const needsNoAnalysis =
    goal.fast !== undefined || postPromotionAnalysis === undefined;
  const isComplete =
    active === context.current &&
    !goal.frozen &&
    ((goal.mode === 'initial' && canServe(context, context.current)) ||
      (goal.mode === 'preview' && needsNoAnalysis) ||
      (goal.mode === 'active' && verified));
  if (isComplete) {
    completeBlueGreen(context, goal);
  } else {
    sayWhatIsMissing(context, goal);
  }

  scaleDownAborted(context, goal);
  scaleDownOld(context, goal);
}
