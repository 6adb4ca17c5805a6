import { notApplicable, type ActionKind } from '../ActionContext';
import { specPatch } from '../patches';

/** Holds the rollout where it is, by `spec.paused`. */
export const pause: ActionKind = {
  action: 'pause',
  binds: 'object',
  label: () => 'Pause',

  refuse({ rollout }) {
    return rollout.spec.paused
      ? notApplicable('It is paused already.', undefined, 'resume')
      : undefined;
  },

  plan(context) {
    return {
      patches: [specPatch(context.rollout, { paused: true })],
      warnings: [],
    };
  },
};

/** Takes `spec.paused` back. */
export const resume: ActionKind = {
  action: 'resume',
  binds: 'object',
  label: () => 'Resume',

  refuse({ rollout }) {
    return rollout.spec.paused
      ? undefined
      : notApplicable(
          'It was not paused by hand.',
          'To go on from a pause of the steps, promote it.',
          'promote',
        );
  },

  plan(context) {
    return {
      patches: [specPatch(context.rollout, { paused: false })],
      warnings: [],
    };
  },
};
