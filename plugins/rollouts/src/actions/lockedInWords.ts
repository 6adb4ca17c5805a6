import type { ActionLock, ArrangedAction } from './arrangeActions';

/**
 * One reason said once when it locks every button, else one per button.
 * @param locked - the buttons whose reason is to be said
 * @param buttons - how many buttons there are
 */
export function lockedInWords(
  locked: ArrangedAction[],
  buttons: number,
  why: (lock: ActionLock) => string,
  each: (action: ArrangedAction, reason: string) => string,
): string {
  const reasons = locked.flatMap(arranged =>
    arranged.lock ? [{ arranged, reason: why(arranged.lock) }] : [],
  );
  const distinct = [...new Set(reasons.map(({ reason }) => reason))];
  return reasons.length === buttons && distinct.length === 1
    ? distinct.join('')
    : reasons.map(({ arranged, reason }) => each(arranged, reason)).join(' ');
}
