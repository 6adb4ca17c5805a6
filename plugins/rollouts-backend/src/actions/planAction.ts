import type {
  RolloutAction,
  SeenState,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type {
  ActionContext,
  ActionParameters,
  ActionPlan,
  Refusal,
} from './ActionContext';
import { ACTION_KINDS } from './actionKinds';
import { checkSeen } from './checkSeen';

/**
 * What an action writes to the cluster, or why it is refused. Pure: the same
 * rollout and request give the same plan. The patches are those of Argo
 * Rollouts' own CLI, v1.9.
 */
export function planAction(
  action: RolloutAction,
  context: ActionContext,
  parameters: ActionParameters & { seen: SeenState },
): ActionPlan | Refusal {
  const kind = ACTION_KINDS[action];
  const refusal =
    checkSeen(context.rollout, parameters.seen, kind.binds) ??
    kind.refuse(context);
  return refusal ? { refusal } : kind.plan(context, parameters);
}
