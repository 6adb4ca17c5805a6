import type { ActionKind } from '../ActionContext';
import { specPatch } from '../patches';

/** Replaces all pods one by one; no new revision. */
export const restart: ActionKind = {
  action: 'restart',
  binds: 'object',
  label: () => 'Restart pods',
  refuse: () => undefined,

  plan(context) {
    // The time of the decision, so that carrying it out again writes the same.
    // As the reference writes it: to the second, in UTC.
    const restartAt = `${new Date(context.now).toISOString().slice(0, 19)}Z`;
    return {
      patches: [specPatch(context.rollout, { restartAt })],
      warnings: [],
    };
  },
};
