import { formatTime, parsePause, parseTime } from '../time';
import type { StepKind } from './stepKind';

const REASON = 'CanaryPauseStep';

/**
 * Waits for a time, or for a person. `controllerPause` says that this
 * controller has paused; the condition's absence then says that somebody has
 * lifted the pause. The pair is the contract with every client.
 */
export const pauseStep: StepKind = {
  field: 'pause',
  pauseReason: REASON,
  label: ({ pause }) =>
    pause?.duration === undefined ? 'pause' : `pause: ${pause.duration}`,
  validate(step, path) {
    const duration = step.pause?.duration;
    if (duration === undefined) return [];
    const milliseconds = parsePause(duration);
    return milliseconds !== undefined && milliseconds >= 0
      ? []
      : [
          {
            field: `${path}.pause.duration`,
            kind: 'Invalid value',
            value: duration,
            detail: 'Duration needs to be greater than 0',
          },
        ];
  },
  run({ context, step }) {
    const { draft, now } = context;
    const { status } = draft;
    const condition = status.pauseConditions?.find(
      each => each.reason === REASON,
    );
    if (!condition && status.controllerPause) {
      return { done: true, why: 'somebody ended the pause', byPerson: true };
    }
    if (!condition) {
      status.controllerPause = true;
      status.pauseConditions = [
        ...(status.pauseConditions ?? []),
        { reason: REASON, startTime: formatTime(now) },
      ];
    }
    const duration = step.pause?.duration;
    if (duration === undefined) {
      return { done: false, why: 'waiting for someone to promote' };
    }
    const startedAt = parseTime(condition?.startTime ?? formatTime(now)) ?? now;
    const endsAt = startedAt + (parsePause(duration) ?? 0);
    if (now >= endsAt) {
      return {
        done: true,
        why: `paused for ${duration}`,
        over: 'the pause is over',
      };
    }
    draft.wake(endsAt);
    return { done: false, why: `pausing for ${duration}` };
  },
};
