import type { RolloutContext } from '../context';
import { markAborted } from './abort';
import { settle } from './settle';

/** What a strategy does when people ask for something through the status. */
export interface Obedience {
  /** Nothing is under way: the first revision comes up, or the newest is stable. */
  isSettled: boolean;
  /** A promotion of the whole update takes back pauses; what else it ends. */
  promoteFully: (context: RolloutContext) => void;
  /** A retry starts over: what of the failed attempt is forgotten. */
  startOver: (context: RolloutContext) => void;
}

/** Takes over what people have asked for through the status. */
export function obeyRequests(
  context: RolloutContext,
  { isSettled, promoteFully, startOver }: Obedience,
): void {
  const { status } = context.draft;
  if (isSettled) {
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
    promoteFully(context);
  } else if (status.abort) {
    markAborted(context);
  } else if (status.abortedAt) {
    status.abortedAt = undefined;
    startOver(context);
  }
}
