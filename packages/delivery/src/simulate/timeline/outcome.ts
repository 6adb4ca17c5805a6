import { pauseOf } from './pauses';
import type { TimelineRun } from './runTimeline';
import type { TimelineOutcome } from './timeline';

/** When the new version became the stable one; `undefined`: never. */
export function promotedAt({ events }: Pick<TimelineRun, 'events'>) {
  return events.findLast(each => each.kind === 'promoted')?.at;
}

/** How a run has ended. */
export function outcomeOf(run: TimelineRun): TimelineOutcome {
  const { rollout, events, samples, end } = run;
  const { phase = 'Progressing', message, abort } = rollout.status ?? {};
  const outcome = (kind: TimelineOutcome['kind'], at: number) => ({
    kind,
    at,
    phase,
    ...(message ? { message } : {}),
  });
  const promoted = promotedAt(run);
  if (promoted !== undefined) return outcome('promoted', promoted);
  if (abort) {
    const aborted = events.find(each => each.kind === 'aborted')?.at ?? end;
    const back = samples.find(each => each.at >= aborted && each.share === 0);
    return outcome('aborted', back?.at ?? end);
  }
  const paused = events.findLast(each => each.kind === 'paused')?.at;
  return pauseOf(rollout)
    ? outcome('waiting', paused ?? end)
    : outcome('stuck', samples.at(-1)?.at ?? end);
}
