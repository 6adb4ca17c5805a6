import type { RolloutContext } from '../context';

const isNoted = (part: object | undefined) =>
  Object.values(part ?? {}).some(value => value !== undefined);

/**
 * A rollout that has changed its strategy in flight keeps its revisions, and an
 * abort stays an abort; what the status says about the other strategy, and the
 * pauses that it asked for, are about something that is no more.
 */
export function forgetOtherStrategy({
  rollout,
  before,
  draft,
}: RolloutContext): void {
  const { status } = draft;
  const isBlueGreen = rollout.spec.strategy?.blueGreen !== undefined;
  const changed = isBlueGreen
    ? isNoted(before.canary) || Boolean(before.currentStepHash)
    : isNoted(before.blueGreen);
  if (!changed) return;
  if (isBlueGreen) status.canary = undefined;
  else status.blueGreen = undefined;
  status.pauseConditions = undefined;
  status.controllerPause = undefined;
  draft.because(
    `the strategy is ${isBlueGreen ? 'blue-green' : 'canary'} now: pauses and analysis of the other one end`,
  );
}
