import type {
  PauseCondition,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { durationSeconds } from './stepDescription';

/**
 * When a pause ends by itself, in milliseconds since the epoch: NaN when its
 * begin is not known. `undefined` for one that waits for a person. Source:
 * docs/features/bluegreen.md, autoPromotionSeconds, which counts for nothing
 * where autoPromotionEnabled is false.
 */
export function pauseEnd(
  rollout: Rollout,
  { reason, startTime }: PauseCondition,
): number | undefined {
  const seconds = lengthOf(rollout, reason);
  return seconds === undefined
    ? undefined
    : Date.parse(startTime ?? '') + seconds * 1_000;
}

/** In seconds. */
function lengthOf(
  { spec, status = {} }: Rollout,
  reason: string,
): number | undefined {
  const { canary, blueGreen } = spec.strategy ?? {};
  switch (reason) {
    case 'CanaryPauseStep': {
      const step = canary?.steps?.[status.currentStepIndex ?? 0];
      return durationSeconds(step?.pause?.duration);
    }
    case 'BlueGreenPause':
      return blueGreen?.autoPromotionEnabled === false
        ? undefined
        : blueGreen?.autoPromotionSeconds || undefined;
    default:
      return undefined;
  }
}
