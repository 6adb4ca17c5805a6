import type { RolloutContext } from '../context';
import { canaryOf } from './goal';
import {
  DEFAULT_SCALE_DOWN_DELAY_SECONDS,
  scaleDownAfter,
} from '../scaling/scaleDownAfter';
import { isReferred } from '../services/references';

/** An aborted canary goes once nothing is routed to it (I4). */
export function scaleDownCanary(
  context: RolloutContext,
  routedWeight: number,
): void {
  const { current } = context;
  const {
    abortScaleDownDelaySeconds: seconds = DEFAULT_SCALE_DOWN_DELAY_SECONDS,
  } = canaryOf(context);
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
  const seconds = scaleDownDelaySeconds ?? DEFAULT_SCALE_DOWN_DELAY_SECONDS;
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
