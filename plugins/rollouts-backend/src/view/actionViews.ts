import {
  ROLLOUT_ACTIONS,
  isFullyPromoted,
  type ActionLock,
  type ActionView,
  type ImageChange,
  type RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { ActionContext } from '../actions/ActionContext';
import { ACTION_KINDS } from '../actions/actionKinds';
import { consequencesOf } from '../actions/consequences';
import { undoneImageTag } from '../actions/kinds/undo';
import { isPausedByController } from '../actions/rolloutFacts';
import { versionTags } from './images';

/** What may be done with a rollout in its state, by whoever may. */
export function actionViews(
  context: ActionContext,
  images: ImageChange[],
  locksOf: (action: RolloutAction) => ActionLock[],
): ActionView[] {
  const primary = primaryAction(context);
  return ROLLOUT_ACTIONS.map(action => {
    const kind = ACTION_KINDS[action];
    const refusal = kind.refuse(context);
    const locks = refusal ? [] : locksOf(action);
    return {
      action,
      label: kind.label(context),
      applicable: refusal === undefined,
      reason:
        refusal && [refusal.message, refusal.remedy].filter(Boolean).join(' '),
      primary: action === primary && refusal === undefined ? true : undefined,
      destructive: kind.destructive,
      consequences: refusal
        ? []
        : consequencesOf(context.rollout, action, {
            ...versionTags(images),
            earlierImageTag: undoneImageTag(context),
          }),
      ...(locks.length > 0 && { locks }),
    };
  });
}

/** The one a person most likely wants now. */
function primaryAction({ rollout }: ActionContext): RolloutAction | undefined {
  if (rollout.status?.abort) {
    return 'retry';
  }
  if (rollout.spec.paused) {
    return 'resume';
  }
  if (!isFullyPromoted(rollout) && isPausedByController(rollout)) {
    return 'promote';
  }
  return undefined;
}
