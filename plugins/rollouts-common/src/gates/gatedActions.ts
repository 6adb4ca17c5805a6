import type { RolloutAction } from '../actions/actions';

/**
 * The actions that a gate may lock. Abort and pause stop a change and are not
 * among them.
 * @public
 */
export const GATED_ACTIONS = [
  'promote',
  'promote-full',
  'skip-step',
  'resume',
  'restart',
  'set-image',
  'undo',
  'retry',
  'terminate-analysis',
] as const satisfies readonly RolloutAction[];

/** @public */
export type GatedAction = (typeof GATED_ACTIONS)[number];

/** @public */
export function isGatedAction(action: RolloutAction): action is GatedAction {
  return (GATED_ACTIONS as readonly RolloutAction[]).includes(action);
}
