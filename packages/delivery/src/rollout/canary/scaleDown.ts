import { hasLostStable, type RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';
import {
  DEFAULT_SCALE_DOWN_DELAY_SECONDS,
  isDue,
  scaleDownAfter,
} from '../scaling/scaleDownAfter';
import { isReferred } from '../services/references';
import { canaryOf } from './goal';
import { releaseIdleService } from './releaseIdleService';

function goAfter(
  context: RolloutContext,
  revision: Revision,
  seconds: number,
  why: string,
): void {
  if (
    isDue(context, revision, seconds) &&
    !releaseIdleService(context, revision)
  ) {
    return;
  }
  scaleDownAfter(context, revision, seconds, why);
}

/**
 * An aborted canary goes once nothing is routed to it (I4). When stable is
 * scaled with its traffic it goes at once, unless a delay is asked for: the
 * pods of both are more than were meant to be.
 */
export function scaleDownCanary(
  context: RolloutContext,
  routedWeight: number,
): void {
  const { current } = context;
  const { abortScaleDownDelaySeconds: delay, dynamicStableScale } =
    canaryOf(context);
  const kept = delay === 0;
  if (
    kept ||
    hasLostStable(context) ||
    !current.exists ||
    current.replicas === 0 ||
    routedWeight > 0 ||
    isReferred(context, current)
  ) {
    return;
  }
  const usual = dynamicStableScale ? 0 : DEFAULT_SCALE_DOWN_DELAY_SECONDS;
  goAfter(context, current, delay ?? usual, 'the update was aborted');
}

/**
 * Revisions that are neither current nor stable go after a delay, in which
 * routers learn of the change. One that a service still selects stays, one
 * that has no available pods serves nobody and goes at once.
 */
export function scaleDownOthers(context: RolloutContext): void {
  const {
    scaleDownDelaySeconds,
    scaleDownDelayRevisionLimit,
    dynamicStableScale,
  } = canaryOf(context);
  const seconds = dynamicStableScale
    ? 0
    : (scaleDownDelaySeconds ?? DEFAULT_SCALE_DOWN_DELAY_SECONDS);
  const candidates = context.others
    .filter(each => each.replicas > 0 && !isReferred(context, each))
    .sort((a, b) => b.number - a.number);
  candidates.forEach((revision, i) => {
    const beyond =
      scaleDownDelayRevisionLimit !== undefined &&
      i >= scaleDownDelayRevisionLimit;
    goAfter(
      context,
      revision,
      beyond || revision.available === 0 ? 0 : seconds,
      'it is superseded',
    );
  });
}
