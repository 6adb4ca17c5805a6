import type { RolloutContext } from '../context';
import { heldBack } from '../holds/heldBack';
import { holdAt } from '../holds/hold';
import { formatTime, parseTime } from '../time';
import { blueGreenOf } from './goal';

const REASON = 'BlueGreenPause';

/** Takes the pause away, once what it held back has happened. */
export function endPause({ draft }: RolloutContext): void {
  const { status } = draft;
  const kept = (status.pauseConditions ?? []).filter(
    each => each.reason !== REASON,
  );
  status.pauseConditions = kept.length ? kept : undefined;
  if (!kept.length) status.controllerPause = undefined;
}

/**
 * Pauses before the promotion, for a time or for a person, and says whether
 * the pause is over. `controllerPause` says that this controller has paused;
 * the condition's absence then says that somebody has lifted the pause. A
 * pause that is over stays on record until the promotion has happened: pods
 * that fail at that moment must not make anybody approve again. A hold makes a
 * pause of what is promoted at once, so that a person can end it.
 */
export function passPause(context: RolloutContext): boolean {
  const { draft, now, snapshot } = context;
  const { status } = draft;
  const { autoPromotionEnabled = true, autoPromotionSeconds = 0 } =
    blueGreenOf(context);
  const isAtOnce = autoPromotionEnabled && autoPromotionSeconds <= 0;
  if (isAtOnce && !holdAt(snapshot.holds, now)) return true;
  const condition = status.pauseConditions?.find(
    each => each.reason === REASON,
  );
  if (!condition && status.controllerPause) {
    draft.because('somebody ended the pause');
    return true;
  }
  if (!condition) {
    status.controllerPause = true;
    status.pauseConditions = [
      ...(status.pauseConditions ?? []),
      { reason: REASON, startTime: formatTime(now) },
    ];
  }
  if (isAtOnce) return !heldBack(context, 'the preview is ready');
  if (!autoPromotionEnabled) {
    draft.because('the preview is ready: waiting for someone to promote');
    return false;
  }
  const startedAt = parseTime(condition?.startTime) ?? now;
  const endsAt = startedAt + autoPromotionSeconds * 1_000;
  if (condition && now >= endsAt) {
    if (heldBack(context, 'the pause is over')) return false;
    draft.because(`paused for ${autoPromotionSeconds} s`);
    return true;
  }
  draft.because(
    `the preview is ready: promoting it in ${autoPromotionSeconds} s`,
  );
  draft.wake(Math.max(endsAt, now + 1));
  return false;
}
