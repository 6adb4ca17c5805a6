import type {
  ActionRequest,
  RolloutAction,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { StateName } from './rolloutStates';

/** One action in one state, as the reference's CLI and as ours is asked for it. */
export interface ActionCase {
  action: RolloutAction;
  state: StateName;
  /** Arguments of the CLI. */
  cli?: string[];
  /** Arguments of kubectl, where the CLI has no verb: what its users type. */
  kubectl?: string[];
  request?: Partial<ActionRequest>;
  /** Where ours differs on purpose: the differing paths, and why. */
  difference?: { paths: string[]; reason: string };
}

const rollout = (...args: string[]) => args;

const REFUSED_ABORTED =
  'promote on an aborted rollout would look successful and do nothing: it is refused, retry is offered';
const REFUSED_FINISHED =
  'with nothing in progress an abort would leave the rollout Degraded: it is refused';

export const ACTION_CASES: ActionCase[] = [
  ...promote('on its way to a weight'),
  ...promote('paused at a step'),
  ...promote('paused at the last step'),
  {
    action: 'promote',
    state: 'unpaused, not yet noticed',
    cli: rollout('promote', 'colors'),
    difference: {
      paths: ['status.currentStepIndex'],
      reason:
        'a second promote before the first was noticed would skip the next step: it is refused',
    },
  },
  ...promote('paused by hand'),
  ...promote('paused by hand and at a step'),
  ...promote('paused by an inconclusive analysis'),
  ...promote('blue-green, paused'),
  {
    action: 'promote',
    state: 'aborted',
    cli: rollout('promote', 'colors'),
    difference: { paths: ['status.currentStepIndex'], reason: REFUSED_ABORTED },
  },
  ...promoteFull('paused at a step'),
  ...promoteFull('paused by hand'),
  ...promoteFull('aborted'),
  ...promoteFull('healthy'),
  ...promoteFull('blue-green, paused'),
  {
    action: 'skip-step',
    state: 'on its way to a weight',
    cli: rollout('promote', 'colors', '--skip-current-step'),
  },
  {
    action: 'skip-step',
    state: 'paused at a step',
    cli: rollout('promote', 'colors', '--skip-current-step'),
    difference: {
      paths: ['status.pauseConditions', 'status.controllerPause'],
      reason:
        'a pause left behind would lend its start to the next timed pause: it is cleared',
    },
  },
  ...simple('abort', 'paused at a step', rollout('abort', 'colors')),
  ...simple('abort', 'blue-green, paused', rollout('abort', 'colors')),
  {
    action: 'abort',
    state: 'healthy',
    cli: rollout('abort', 'colors'),
    difference: { paths: ['status.abort'], reason: REFUSED_FINISHED },
  },
  ...simple('retry', 'aborted', rollout('retry', 'rollout', 'colors')),
  ...simple('pause', 'on its way to a weight', rollout('pause', 'colors')),
  {
    action: 'resume',
    state: 'paused by hand',
    kubectl: [
      'patch',
      'rollouts.argoproj.io/colors',
      '--type=merge',
      '--patch={"spec":{"paused":false}}',
    ],
  },
  ...simple('restart', 'healthy', rollout('restart', 'colors')),
  ...setImage('healthy', 'colors', 'demo/colors:blue'),
  ...setImage('healthy', 'setup', 'demo/setup:2'),
  ...setImage('healthy', '*', 'demo/all:3'),
  ...setImage('of a workload', 'colors', 'demo/colors:blue'),
  ...simple('undo', 'healthy', rollout('undo', 'colors')),
  {
    ...simple(
      'undo',
      'healthy',
      rollout('undo', 'colors', '--to-revision=1'),
    )[0]!,
    request: { toRevision: 1 },
  },
  {
    action: 'terminate-analysis',
    state: 'paused at a step',
    cli: rollout('terminate', 'analysisrun', 'run'),
    request: { analysisRun: 'run' },
  },
];

function simple(
  action: RolloutAction,
  state: StateName,
  cli: string[],
): ActionCase[] {
  return [{ action, state, cli }];
}

function promote(state: StateName): ActionCase[] {
  return simple('promote', state, rollout('promote', 'colors'));
}

function promoteFull(state: StateName): ActionCase[] {
  return simple('promote-full', state, rollout('promote', 'colors', '--full'));
}

function setImage(
  state: StateName,
  container: string,
  image: string,
): ActionCase[] {
  return [
    {
      action: 'set-image',
      state,
      cli: rollout('set', 'image', 'colors', `${container}=${image}`),
      request: { images: [{ container, image }] },
    },
  ];
}
