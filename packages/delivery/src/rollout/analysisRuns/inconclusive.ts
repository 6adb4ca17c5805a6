import type { RolloutContext } from '../context';
import { formatTime } from '../time';

const REASON = 'InconclusiveAnalysisRun';

/** What cannot tell, an analysis or an experiment, leaves the decision to a person. */
export function pauseForPerson(
  { draft, now }: RolloutContext,
  reason: 'InconclusiveAnalysisRun' | 'InconclusiveExperiment' = REASON,
): void {
  const { status } = draft;
  const conditions = status.pauseConditions ?? [];
  if (conditions.some(each => each.reason === reason)) return;
  status.controllerPause = true;
  status.pauseConditions = [
    ...conditions,
    { reason, startTime: formatTime(now) },
  ];
  draft.because(
    reason === REASON
      ? 'paused: the analysis was inconclusive'
      : 'paused: the experiment was inconclusive',
  );
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
