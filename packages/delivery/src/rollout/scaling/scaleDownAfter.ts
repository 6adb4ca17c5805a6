import type { RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';
import { formatTime } from '../time';

/** Source: specification, scaleDownDelaySeconds and abortScaleDownDelaySeconds. */
export const DEFAULT_SCALE_DOWN_DELAY_SECONDS = 30;

/** Its delay is over, or there is none. */
export function isDue(
  { now }: RolloutContext,
  { deadline }: Revision,
  seconds: number,
): boolean {
  return seconds === 0 || (deadline !== undefined && deadline <= now);
}

/** Scales to zero after a delay, kept on the ReplicaSet as a deadline. */
export function scaleDownAfter(
  context: RolloutContext,
  revision: Revision,
  seconds: number,
  why: string,
): void {
  const { now, draft } = context;
  const deadline =
    revision.deadline ?? Math.floor(now / 1_000) * 1_000 + seconds * 1_000;
  if (isDue(context, revision, seconds)) {
    draft.scale(revision, 0, why);
    return;
  }
  draft.setDeadline(
    revision,
    deadline,
    `${revision.replicaSet.metadata.name} stays until ${formatTime(deadline)}: ${why}`,
  );
  draft.wake(deadline);
}
