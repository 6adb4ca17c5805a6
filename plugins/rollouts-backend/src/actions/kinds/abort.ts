import { notApplicable, type ActionKind } from '../ActionContext';
import { statusPatch } from '../patches';
import { isInProgress } from '../rolloutFacts';

/** Goes back to the stable version. */
export const abort: ActionKind = {
  action: 'abort',
  // Whoever aborts means this version, at whatever step it is by now.
  binds: 'revision',
  destructive: true,
  label: () => 'Abort',

  refuse({ rollout }) {
    const { status = {} } = rollout;
    if (status.abort) {
      return notApplicable(
        'It is aborted already.',
        'Retry it, or deploy another version.',
        'retry',
      );
    }
    if (!isInProgress(rollout)) {
      return notApplicable(
        'Nothing is in progress; aborting would only leave it degraded.',
        'To go back to an earlier version, undo.',
        'undo',
      );
    }
    if (!status.stableRS) {
      return notApplicable(
        'This is its first version, so there is no stable one to go back to.',
        'Deploy another version.',
        'set-image',
      );
    }
    return undefined;
  },

  plan(context) {
    const { rollout } = context;
    return {
      patches: [statusPatch(rollout, { abort: true })],
      warnings:
        rollout.spec.strategy?.blueGreen && rollout.spec.paused
          ? [
              'The rollout is paused by hand, so the active service does not switch back until it is resumed.',
            ]
          : [],
    };
  },
};
