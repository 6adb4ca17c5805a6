import type {
  AccessView,
  ActionView,
  RolloutAction,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Why an action is locked. `text` is the backend's reason, when it gave one. */
export interface ActionLock {
  kind: 'stale' | 'notPermitted' | 'notApplicable';
  text?: string;
}

export interface ArrangedAction {
  action: RolloutAction;
  /** Undefined when the backend did not mention the action. */
  view?: ActionView;
  lock?: ActionLock;
}

export interface ActionArrangement {
  /** At most two: the one most wanted now and abort; at rest, setting an image. */
  buttons: ArrangedAction[];
  /** The rest, always in the same order. */
  menu: ArrangedAction[];
}

const BEFORE_PAUSE: RolloutAction[] = ['promote', 'promote-full', 'skip-step'];
const AFTER_PAUSE: RolloutAction[] = [
  'restart',
  'set-image',
  'undo',
  'retry',
  'abort',
];

/**
 * Which actions are buttons and which are in the menu, and which are locked
 * and why. What a person may never do here comes before what the rollout
 * does not allow now, since the second would only wake false hope.
 */
export function arrangeActions(
  rollout: Pick<RolloutDetail, 'actions' | 'paused' | 'stale' | 'ref'>,
  access: AccessView,
): ActionArrangement {
  const arrange = (action: RolloutAction): ArrangedAction => {
    const view = rollout.actions.find(known => known.action === action);
    return { action, view, lock: lockOf(view, access[action], rollout) };
  };
  const applicable = (action: RolloutAction) =>
    rollout.actions.some(view => view.action === action && view.applicable);

  const wanted = rollout.actions.find(
    view => view.primary && view.applicable && view.action !== 'abort',
  )?.action;
  const shown: RolloutAction[] = [
    ...(wanted ? [wanted] : []),
    ...(applicable('abort') ? ['abort' as const] : []),
  ];
  const pauseOrResume: RolloutAction =
    applicable('resume') || (rollout.paused && !applicable('pause'))
      ? 'resume'
      : 'pause';
  const setImage = arrange('set-image');
  const atRest = shown.length === 0 && setImage.lock === undefined;
  return {
    // Setting an image keeps its place in the menu, where it always is.
    buttons: atRest ? [setImage] : shown.map(arrange),
    menu: [...BEFORE_PAUSE, pauseOrResume, ...AFTER_PAUSE]
      .filter(action => !shown.includes(action))
      .map(arrange),
  };
}

function lockOf(
  view: ActionView | undefined,
  access: AccessView[RolloutAction] | undefined,
  { stale }: Pick<RolloutDetail, 'stale'>,
): ActionLock | undefined {
  if (!access?.allowed) {
    return { kind: 'notPermitted', text: access?.reason };
  }
  if (stale) {
    return { kind: 'stale' };
  }
  if (!view?.applicable) {
    return { kind: 'notApplicable', text: view?.reason };
  }
  return undefined;
}
