import type { RolloutContext } from '../context';
import { obeyRequests } from '../status/obeyRequests';
import { blueGreenGoal } from './goal';

/** A retry starts over: with the preview's size, its pause and its analyses. */
function startOver({ draft }: RolloutContext): void {
  const { status } = draft;
  status.blueGreen = {
    ...status.blueGreen,
    scaleUpPreviewCheckPoint: undefined,
    prePromotionAnalysisRunStatus: undefined,
    postPromotionAnalysisRunStatus: undefined,
  };
  draft.because('retrying the update');
}

/** Takes over what people have asked for through the status. */
export function obeyBlueGreenRequests(context: RolloutContext): void {
  const { mode } = blueGreenGoal(context);
  obeyRequests(context, {
    isSettled: mode === 'promoted' || mode === 'initial',
    promoteFully: ({ draft }) =>
      draft.because('promoting fully: no pause or analysis is waited for'),
    startOver,
  });
}
