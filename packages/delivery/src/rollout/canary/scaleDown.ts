import { formatTime } from '../time';
import type { RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';
import { canaryOf } from './goal';
import { isReferred } from './references';

/** Source: specification, scaleDownDelaySeconds and abortScaleDownDelaySeconds. */
const DEFAULT_DELAY_SECONDS = 30;

/** Scales to zero after a delay, kept on the ReplicaSet as a deadline. */
function scaleDownAfter(
  context: RolloutContext,
  revision: Revision,
  seconds: number,
  why: string,
): void {
  const { now, draft } = context;
  const deadline =
    revision.deadline ?? Math.floor(now / 1_000) * 1_000 + seconds * 1_000;
  if (seconds === 0 || deadline <= now) {
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

/** An aborted canary goes once nothing is routed to it (I4). */
export function scaleDownCanary(
  context: RolloutContext,
  routedWeight: number,
): void {
  const { current } = context;
  const { abortScaleDownDelaySeconds: seconds = DEFAULT_DELAY_SECONDS } =
    canaryOf(context);
  const kept = seconds === 0;
  if (
    kept ||
    !current.exists ||
    current.replicas === 0 ||
    routedWeight > 0 ||
    isReferred(context, current)
  ) {
    return;
  }
  scaleDownAfter(context, current, seconds, 'the update was aborted');
}

/**
 * Revisions that are neither current nor stable go after a delay, in which
 * routers learn of the change. One that a service still selects stays, one
 * that has no available pods serves nobody and goes at once.
 */
export function scaleDownOthers(context: RolloutContext): void {
  const { scaleDownDelaySeconds, scaleDownDelayRevisionLimit } =
    canaryOf(context);
  const seconds = scaleDownDelaySeconds ?? DEFAULT_DELAY_SECONDS;
  const candidates = context.others
    .filter(each => each.replicas > 0 && !isReferred(context, each))
    .sort((a, b) => b.number - a.number);
  candidates.forEach((revision, i) => {
    const beyond =
      scaleDownDelayRevisionLimit !== undefined &&
      i >= scaleDownDelayRevisionLimit;
    scaleDownAfter(
      context,
      revision,
      beyond || revision.available === 0 ? 0 : seconds,
      'it is superseded',
    );
  });
}
