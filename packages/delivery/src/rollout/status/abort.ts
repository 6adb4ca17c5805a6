import type { RolloutContext } from '../context';
import { formatTime } from '../time';

/**
 * Marks the update as aborted: pauses end, a full promotion that was under way
 * ends as well, for it would take the abort back in the next turn, and a retry
 * will start at the first step. Harmless when it is so already.
 */
export function markAborted(context: RolloutContext, why?: string): void {
  const { draft, now, current } = context;
  const { status } = draft;
  if (status.abort && status.abortedAt) return;
  status.abort = true;
  status.abortedAt = formatTime(now);
  status.pauseConditions = undefined;
  status.controllerPause = undefined;
  status.promoteFull = undefined;
  if (status.currentStepIndex !== undefined) status.currentStepIndex = 0;
  const message = `Rollout aborted update to revision ${current.number}${why ? `: ${why}` : ''}`;
  draft.abortMessage = message;
  draft.event('RolloutAborted', message, 'Warning');
  draft.because(why ? `aborted: ${why}` : 'aborted by a person');
}
