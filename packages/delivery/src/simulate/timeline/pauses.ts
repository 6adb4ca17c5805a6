import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { parsePause, parseTime } from '../../rollout/time';
import { stepsOf } from './stepLabel';

/** Something that holds a rollout, and for how long. */
export interface Pause {
  /** The reference's reason: `CanaryPauseStep`, `BlueGreenPause` … */
  reason: string;
  /** When it began, in milliseconds since the epoch. */
  since: number;
  /** Absent: until somebody promotes. */
  milliseconds?: number;
}

function lengthOf(rollout: Rollout, reason: string): number | undefined {
  if (reason === 'CanaryPauseStep') {
    const step = stepsOf(rollout)[rollout.status?.currentStepIndex ?? 0];
    const duration = step?.pause?.duration;
    return duration === undefined ? undefined : parsePause(duration);
  }
  const { autoPromotionSeconds = 0, autoPromotionEnabled = true } =
    rollout.spec.strategy?.blueGreen ?? {};
  // One that is promoted at once pauses only while a freeze holds it.
  return reason === 'BlueGreenPause' &&
    (autoPromotionSeconds || autoPromotionEnabled)
    ? autoPromotionSeconds * 1_000
    : undefined;
}

/** What holds the rollout now. */
export function pauseOf(rollout: Rollout): Pause | undefined {
  const [condition] = rollout.status?.pauseConditions ?? [];
  if (!condition) return undefined;
  const milliseconds = lengthOf(rollout, condition.reason);
  return {
    reason: condition.reason,
    since: parseTime(condition.startTime) ?? 0,
    ...(milliseconds === undefined ? {} : { milliseconds }),
  };
}

/** Whether it ends only when somebody promotes: an analysis that could not tell is no such pause. */
export function waitsForPromotion({ reason, milliseconds }: Pause): boolean {
  return milliseconds === undefined && !reason.startsWith('Inconclusive');
}
