import {
  isFullyPromoted,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { notApplicable, type ActionKind, type Effect } from '../ActionContext';
import { statusPatch, unpause } from '../patches';
import { isInProgress, stepCount, stepIndex } from '../rolloutFacts';

/** Skips all that is left. */
export const promoteFull: ActionKind = {
  action: 'promote-full',
  binds: 'revision',

  label: () => 'Promote fully',

  refuse({ rollout }) {
    return isInProgress(rollout)
      ? undefined
      : notApplicable('There is no new version on its way.');
  },

  plan(context) {
    const { rollout } = context;
    return {
      patches: [
        statusPatch(rollout, { promoteFull: true }),
        ...unpause(rollout),
      ],
      warnings: [
        ...(rollout.status?.abort
          ? [
              'This version was rolled back. Promoting it fully clears the abort and sends everyone to it; retry goes through the steps again instead.',
            ]
          : []),
        'The steps and analyses that are left are skipped, so nothing checks the new version on the way.',
      ],
      // A status that is still about the spec before would swallow it.
      afterObserved: true,
      effect: later => effectOf(rollout, later),
    };
  },
};

/**
 * A controller that was at work on an older status writes that back and drops
 * the mark. Something else than a loss is never taken for one, because a loss
 * is repaired: neither a newer version nor an abort since must be promoted.
 */
function effectOf(before: Rollout, later: Rollout): Effect {
  const { metadata, status = {} } = later;
  const hash = before.status?.currentPodHash;
  if (
    metadata.uid !== before.metadata.uid ||
    status.currentPodHash !== hash ||
    (status.abort === true && before.status?.abort !== true)
  ) {
    return 'unknown';
  }
  if (isFullyPromoted(later)) {
    return 'taken';
  }
  if (status.promoteFull !== true) {
    return 'lost';
  }
  const acted = later.spec.strategy?.blueGreen
    ? status.blueGreen?.activeSelector === hash
    : stepIndex(later) >= stepCount(later);
  return acted ? 'taken' : 'unknown';
}
