import type { RolloutContext } from '../context';
import { formatTime } from '../time';

const REASON = 'InconclusiveAnalysisRun';

/** An analysis that cannot tell leaves the decision to a person. */
export function pauseForPerson({ draft, now }: RolloutContext): void {
  const { status } = draft;
  const conditions = status.pauseConditions ?? [];
  if (conditions.some(each => each.reason === REASON)) return;
  status.controllerPause = true;
  status.pauseConditions = [
    ...conditions,
    { reason: REASON, startTime: formatTime(now) },
  ];
  draft.event('RolloutPaused', `Rollout is paused (${REASON})`, 'Warning');
  draft.because('paused: the analysis was inconclusive');
}

/** An inconclusive analysis has left the decision to a person, who has not decided. */
export function waitsForPerson({ draft }: RolloutContext): boolean {
  return (draft.status.pauseConditions ?? []).some(
    each => each.reason === REASON,
  );
}

/** This controller had paused, and somebody has taken the conditions away. */
export function wasUnpaused({ before }: RolloutContext): boolean {
  return before.controllerPause === true && !before.pauseConditions?.length;
}
