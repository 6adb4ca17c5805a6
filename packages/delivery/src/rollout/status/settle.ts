import type { RolloutContext } from '../context';

/** With nothing in progress there is nothing to pause, abort or promote. */
export function settle({ draft }: RolloutContext): void {
  const { status } = draft;
  status.pauseConditions = undefined;
  status.controllerPause = undefined;
  status.promoteFull = undefined;
  if (status.abort) {
    draft.because('nothing is in progress that could be aborted');
  }
  status.abort = undefined;
  status.abortedAt = undefined;
}
