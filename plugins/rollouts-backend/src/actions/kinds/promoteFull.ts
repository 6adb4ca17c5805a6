import { notApplicable, type ActionKind } from '../ActionContext';
import { statusPatch, unpause } from '../patches';
import { isInProgress } from '../rolloutFacts';

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
        'The steps and analyses that are left are skipped, so nothing checks the new version on the way.',
      ],
      // A status that is still about the spec before would swallow it.
      afterObserved: true,
    };
  },
};
