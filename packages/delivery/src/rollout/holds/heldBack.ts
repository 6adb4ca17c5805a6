import type { RolloutContext } from '../context';
import { holdAt, holdText } from './hold';

/**
 * Whether a hold keeps the rollout from going on by itself, now that it could;
 * says so, and asks to plan again when the hold ends. What a person ends is not
 * held: whether they may is decided where they ask.
 *
 * @param over - what is over and would let it go on: "the pause is over"
 */
export function heldBack(
  { snapshot, draft, now }: RolloutContext,
  over: string,
): boolean {
  const hold = holdAt(snapshot.holds, now);
  if (!hold) return false;
  draft.held = `${over}, but ${holdText(hold)}`;
  draft.because(draft.held);
  draft.wake(hold.until);
  return true;
}
