import type { ObservedTraffic } from '../../traffic/router';
import type { RolloutContext } from '../context';
import { scalingLimits } from '../scaling/limits';
import { canaryOf, type CanaryGoal } from './goal';
import { selectedHash } from '../services/references';

/** The weight to route now, and why it is not, or is, the one wanted. */
export interface WeightDecision {
  weight: number;
  why: string;
}

/**
 * How far the canary's weight may be lowered: stable must be able to take what
 * it gets (I4). It counts as ready with all but maxUnavailable of its pods;
 * before that it gets its share, so that one broken pod of stable cannot hold
 * everybody on a canary that is being aborted.
 */
function lowerTo(
  weight: number,
  context: RolloutContext,
  goal: CanaryGoal,
  observed: number,
): WeightDecision {
  const { stable, current, replicas, rollout } = context;
  const available = stable?.available ?? 0;
  const needed = Math.max(1, replicas - scalingLimits(rollout).maxUnavailable);
  if (available >= needed || replicas === 0) {
    return { weight, why: 'stable is ready' };
  }
  if (available > 0 && current.available === 0) {
    return { weight, why: 'the canary has no available pods' };
  }
  const share = goal.max - Math.floor((goal.max * available) / replicas);
  return {
    weight: Math.min(observed, Math.max(weight, share)),
    why: `only ${available} of ${replicas} stable pods are available`,
  };
}

/** Only the canary's service leads to pods of the current revision. */
function isServedAsCanaryOnly(context: RolloutContext): boolean {
  const { current, snapshot } = context;
  const { canaryService = '', stableService = '' } = canaryOf(context);
  const selected = selectedHash(snapshot.services[stableService]);
  return (
    current.available > 0 &&
    selectedHash(snapshot.services[canaryService]) === current.hash &&
    selected !== undefined &&
    selected !== current.hash
  );
}

/**
 * The canary's weight for this turn. It grows only when the canary's pods are
 * there and its service selects them; it shrinks only as stable can take over.
 *
 * @param ready - the canary has its pods, available, behind its service
 * @param superseded - the canary's service still selects an older canary
 */
export function trafficWeight(
  context: RolloutContext,
  goal: CanaryGoal,
  observed: ObservedTraffic,
  { ready, superseded }: { ready: boolean; superseded: boolean },
): WeightDecision {
  const now = observed.weight;
  if (goal.mode === 'initial') {
    // Stable's ReplicaSet may have been deleted under way: whoever is there
    // keeps the traffic until it is stable itself.
    return now > 0 && isServedAsCanaryOnly(context)
      ? { weight: now, why: 'there is no stable revision to go back to' }
      : { weight: 0, why: 'first revision' };
  }
  if (goal.mode !== 'stepping') {
    return lowerTo(0, context, goal, now);
  }
  if (superseded) {
    const { weight, why } = lowerTo(0, context, goal, now);
    return { weight, why: `a newer revision replaces the canary, ${why}` };
  }
  if (now > 0 && context.current.available === 0) {
    return lowerTo(0, context, goal, now);
  }
  if (goal.frozen) {
    return { weight: now, why: 'the rollout is paused' };
  }
  if (goal.weight < now) {
    return lowerTo(goal.weight, context, goal, now);
  }
  return ready
    ? {
        weight: goal.weight,
        why: `${goal.index < goal.steps.length ? `step ${goal.index + 1} asks for it` : 'all steps are done'} and the canary is available`,
      }
    : { weight: now, why: 'the canary is not yet available' };
}
