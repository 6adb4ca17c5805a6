import type {
  AccessView,
  ActionLock as GateLock,
  ActionView,
  RolloutAction,
  RolloutDetail,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { asSentence } from '../format/asSentence';

/** Why an action is locked. `text` is the backend's reason, when it gave one. */
export interface ActionLock {
  kind: 'stale' | 'notPermitted' | 'notApplicable' | 'gate';
  text?: string;
  /** `gate`: what locks it for everybody, and what would unlock it. */
  gates?: GateLock[];
}

export interface ArrangedAction {
  action: RolloutAction;
  /** Undefined when the backend did not mention the action. */
  view?: ActionView;
  lock?: ActionLock;
}

export interface ActionArrangement {
  /**
   * At most two: the one most wanted now and abort; at rest, setting an image.
   * One less while `decides`, whose own button comes first.
   */
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
 * @param decides - the person can approve something: that is wanted most
 */
export function arrangeActions(
  rollout: Pick<RolloutDetail, 'actions' | 'paused' | 'stale' | 'ref'>,
  access: AccessView,
  decides = false,
): ActionArrangement {
  const arrange = (action: RolloutAction): ArrangedAction => {
    const view = rollout.actions.find(known => known.action === action);
    return { action, view, lock: lockOf(view, access[action], rollout) };
  };
  const applicable = (action: RolloutAction) =>
    rollout.actions.some(view => view.action === action && view.applicable);

  const wanted = decides
    ? undefined
    : rollout.actions.find(
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
  const atRest =
    !decides &&
    shown.length === 0 &&
    (setImage.lock === undefined || setImage.lock.kind === 'gate');
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
  // Going back is never kept from anybody: the backend decides it on what the
  // cluster itself says at that moment.
  if (stale && view?.action !== 'abort') {
    return { kind: 'stale' };
  }
  if (!view?.applicable) {
    return { kind: 'notApplicable', text: view?.reason };
  }
  if (view.locks && view.locks.length > 0) {
    return {
      kind: 'gate',
      text: view.locks.map(({ reason }) => asSentence(reason)).join(' '),
      gates: view.locks,
    };
  }
  return undefined;
}

/** Whether the person may ask for the approval that an action lacks. */
export function mayAsk(
  { lock }: Pick<ArrangedAction, 'lock'>,
  access: AccessView,
): boolean {
  return (
    lock?.gates !== undefined &&
    // What no approval passes, such as a freeze, is not asked about.
    lock.gates.every(
      ({ gate, requestId }) => gate === 'approval' && requestId === undefined,
    ) &&
    access['request-approval']?.allowed === true
  );
}

/** The locked actions that an emergency may pass, for who may. */
export function emergencyActions(
  { buttons, menu }: ActionArrangement,
  access: AccessView,
): ArrangedAction[] {
  if (access.emergency?.allowed !== true) {
    return [];
  }
  const known = new Set<RolloutAction>();
  return [...buttons, ...menu].filter(({ action, lock }) => {
    const passes = lock?.gates?.every(({ emergency }) => emergency) ?? false;
    const again = known.has(action);
    known.add(action);
    return passes && !again;
  });
}
