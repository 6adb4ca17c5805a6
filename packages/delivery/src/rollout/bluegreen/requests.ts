import type { RolloutContext } from '../context';
import { markAborted } from '../status/abort';
import { settle } from '../status/settle';
import { blueGreenGoal } from './goal';

/** A retry starts over: with the preview's size, its pause and its analyses. */
function startOver({ draft }: RolloutContext): void {
  const { status } = draft;
  status.abortedAt = undefined;
  status.blueGreen = {
    ...status.blueGreen,
    scaleUpPreviewCheckPoint: undefined,
    prePromotionAnalysisRunStatus: undefined,
    postPromotionAnalysisRunStatus: undefined,
  };
  draft.because('retrying the update');
}

/** Takes over what people have asked for through the status. */
export function obeyRequests(context: RolloutContext): void {
  const { status } = context.draft;
  const { mode } = blueGreenGoal(context);
  if (mode === 'promoted' || mode === 'initial') {
    settle(context);
    return;
  }
  if (status.promoteFull && status.abort && !status.abortedAt) {
    // Asked for after the promotion began: an abort that has been carried out
    // has its time noted, and only such a one is cleared by promoting.
    status.promoteFull = undefined;
  }
  if (status.promoteFull) {
    status.abort = false;
    status.abortedAt = undefined;
    status.pauseConditions = undefined;
    status.controllerPause = undefined;
    context.draft.because(
      'promoting fully: no pause or analysis is waited for',
    );
    return;
  }
  if (status.abort) {
    markAborted(context);
    return;
  }
  if (status.abortedAt) startOver(context);
}
