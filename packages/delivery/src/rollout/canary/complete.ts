import type { RolloutContext } from '../context';
import { canaryOf, type CanaryGoal } from './goal';
import { isEnoughAvailable } from '../scaling/progressThreshold';

/**
 * Makes the current revision the stable one, once it carries everything. The
 * status says so first: stable's service follows it in the next turn, and
 * cannot go back should the status be refused.
 */
export function completeCanary(
  context: RolloutContext,
  goal: CanaryGoal,
  reached: boolean,
): void {
  const { current, draft, replicas } = context;
  const { pingPong, ...canary } = canaryOf(context);
  if (!reached || !isEnoughAvailable(canary, current.available, replicas)) {
    draft.because(
      goal.mode === 'initial'
        ? `waiting for the first revision: ${current.available} of ${replicas} pods are available`
        : `all steps are done: ${current.available} of ${replicas} pods are available, waiting for everything to move to them`,
    );
    return;
  }
  const { status } = draft;
  if (pingPong) {
    // The canary's service, which has all the traffic, is stable's from now on.
    status.canary = {
      ...status.canary,
      stablePingPong:
        status.canary?.stablePingPong === 'ping' ? 'pong' : 'ping',
    };
  }
  status.stableRS = current.hash;
  if (goal.steps.length) status.currentStepIndex = goal.steps.length;
  status.promoteFull = undefined;
  status.pauseConditions = undefined;
  status.controllerPause = undefined;
  const why =
    goal.mode === 'initial'
      ? 'Initial deploy'
      : `Completed all ${goal.steps.length} canary steps`;
  draft.event(
    'RolloutCompleted',
    `Rollout completed update to revision ${current.number} (${current.hash}): ${why}`,
  );
  draft.because(
    `revision ${current.number} is stable: ${why.toLocaleLowerCase('en')}`,
  );
}
