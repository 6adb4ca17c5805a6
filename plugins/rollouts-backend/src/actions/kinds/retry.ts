import { notApplicable, type ActionKind } from '../ActionContext';
import { statusPatch } from '../patches';

/** Starts an aborted rollout again. */
export const retry: ActionKind = {
  action: 'retry',
  binds: 'revision',
  label: () => 'Retry',

  refuse({ rollout }) {
    return rollout.status?.abort
      ? undefined
      : notApplicable('Only an aborted rollout can be retried.');
  },

  plan(context) {
    return {
      patches: [statusPatch(context.rollout, { abort: false })],
      warnings: [],
    };
  },
};
