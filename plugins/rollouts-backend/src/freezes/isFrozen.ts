import type {
  GatedAction,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { isInProgress } from '../actions/rolloutFacts';

/**
 * Whether a freeze refuses an action. It refuses what brings a version to more
 * people, and what counts as doing so: to end an analysis early counts as
 * success, to retry sends people to the version that was rolled back. What
 * makes things safer or keeps the version that serves is free:
 *
 * - abort and pause, which no gate is asked about;
 * - undo to the stable version, which is an abort that also tidies the manifest;
 * - resume of an aborted rollout, because a blue-green one that is paused by
 *   hand goes back only once it is resumed;
 * - restart: the same version in new pods, one by one, and the first remedy of
 *   many an incident.
 *
 * @param undoTarget - the pod hash that an undo would bring back, if known
 */
export function isFrozen(
  action: GatedAction,
  rollout: Rollout,
  undoTarget: () => string | undefined,
): boolean {
  const { status = {} } = rollout;
  switch (action) {
    case 'restart':
      return false;
    case 'resume':
      return status.abort !== true;
    case 'undo':
      return !(
        isInProgress(rollout) &&
        status.stableRS !== undefined &&
        status.stableRS !== '' &&
        undoTarget() === status.stableRS
      );
    default:
      return true;
  }
}
