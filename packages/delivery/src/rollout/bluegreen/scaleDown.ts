import { DESIRED_REPLICAS_ANNOTATION } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { waitsForPerson } from '../analysisRuns/inconclusive';
import type { RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';
import {
  DEFAULT_SCALE_DOWN_DELAY_SECONDS,
  scaleDownAfter,
} from '../scaling/scaleDownAfter';
import { isReferred } from '../services/references';
import { switchService } from '../services/switchService';
import { blueGreenOf, selectedRevision, type BlueGreenGoal } from './goal';
import { canServe } from './serving';

/** A former active revision follows `spec.replicas`, so that it can come back. */
function follow(context: RolloutContext, revision: Revision): boolean {
  const { replicas, draft } = context;
  const noted = Number(
    revision.replicaSet.metadata.annotations?.[DESIRED_REPLICAS_ANNOTATION],
  );
  const target =
    revision.replicas === noted
      ? replicas
      : Math.min(revision.replicas, replicas);
  if (target === revision.replicas) return false;
  draft.scale(
    revision,
    target,
    `follows ${replicas} replicas until it goes`,
    true,
  );
  return true;
}

/**
 * Revisions that are neither current nor stable go after a delay, in which
 * routing learns of the switch and a rollback is fast. One that a service
 * selects stays, and all stay while it is open what becomes of the update.
 * Source: docs, features/bluegreen, scaleDownDelaySeconds and
 * postPromotionAnalysis.
 */
export function scaleDownOld(
  context: RolloutContext,
  { mode, fast }: BlueGreenGoal,
): void {
  const {
    scaleDownDelaySeconds,
    scaleDownDelayRevisionLimit: limit = Infinity,
    postPromotionAnalysis,
  } = blueGreenOf(context);
  const isVerifying =
    mode === 'active' &&
    fast === undefined &&
    postPromotionAnalysis !== undefined &&
    scaleDownDelaySeconds === undefined;
  if (waitsForPerson(context) || isVerifying) return;
  context.others
    .filter(each => each.replicas > 0 && !isReferred(context, each))
    .sort((a, b) => b.number - a.number)
    .forEach((revision, i) => {
      const seconds =
        i < limit
          ? (scaleDownDelaySeconds ?? DEFAULT_SCALE_DOWN_DELAY_SECONDS)
          : 0;
      const goesNow =
        seconds === 0 ||
        (revision.deadline !== undefined && revision.deadline <= context.now);
      if (revision.deadline !== undefined && !goesNow) {
        follow(context, revision);
      }
      scaleDownAfter(context, revision, seconds, 'it is superseded');
    });
}

/**
 * An aborted revision goes once everybody is back on stable (I4), unless it is
 * to stay for people to look into. Source: specification,
 * abortScaleDownDelaySeconds.
 */
export function scaleDownAborted(
  context: RolloutContext,
  { mode, active }: BlueGreenGoal,
): void {
  const { current, stable, now, draft } = context;
  const {
    previewService,
    abortScaleDownDelaySeconds: seconds = DEFAULT_SCALE_DOWN_DELAY_SECONDS,
  } = blueGreenOf(context);
  if (
    mode !== 'aborted' ||
    seconds === 0 ||
    !stable ||
    !current.exists ||
    current.replicas === 0 ||
    active === current ||
    !canServe(context, stable)
  ) {
    return;
  }
  const isDue = current.deadline !== undefined && current.deadline <= now;
  if (isDue && selectedRevision(context, previewService) === current) {
    // Nothing that a service selects is scaled to nothing (I2).
    switchService(context, previewService, stable, 'the preview goes');
    draft.status.blueGreen = {
      ...draft.status.blueGreen,
      previewSelector: stable.hash,
    };
  }
  scaleDownAfter(context, current, seconds, 'the update was aborted');
}
