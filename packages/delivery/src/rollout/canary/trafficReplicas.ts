import type { RolloutContext } from '../context';
import { canaryReplicas, minimumPods, scaleStepAt } from './canaryReplicas';
import { canaryOf, type CanaryGoal } from './goal';
import { isHeld } from './held';

/** Pods that a share of the traffic needs, out of `spec.replicas`. */
function podsForWeight(
  context: RolloutContext,
  { max }: CanaryGoal,
  weight: number,
): number {
  const { replicas } = context;
  const share = Math.ceil((replicas * weight) / max);
  return share === 0 ? 0 : Math.max(share, minimumPods(context));
}

/** How many pods the canary is to have while it is being rolled out. */
export function canaryTarget(
  context: RolloutContext,
  goal: CanaryGoal,
): number {
  if (goal.mode === 'initial') return context.replicas;
  return goal.mode !== 'stepping' || isHeld(context, goal)
    ? context.current.replicas
    : canaryReplicas(context, goal);
}

/**
 * The canary's weight that stable makes room for. A setCanaryScale says how
 * many pods the canary has apart from its traffic: then stable goes by that
 * weight, and stays whole beside a number of pods. Source: what the reference
 * does.
 */
function weightLeftToCanary(goal: CanaryGoal): number {
  const scale = goal.mode === 'stepping' ? scaleStepAt(goal) : undefined;
  if (scale?.replicas !== undefined) return 0;
  return scale?.weight === undefined
    ? goal.weight
    : (scale.weight * goal.max) / 100;
}

/**
 * How many pods stable is to have: all of them, unless `dynamicStableScale`
 * lets it follow its traffic; then those of the greater of what it gets now
 * and what it is to get. Source: docs, features/canary, "Dynamic Stable Scale".
 *
 * @param routed - the canary's weight that the routes are seen to give
 */
export function stableTarget(
  context: RolloutContext,
  goal: CanaryGoal,
  routed: number,
): number {
  const { dynamicStableScale } = canaryOf(context);
  if (!dynamicStableScale || goal.mode === 'initial') return context.replicas;
  const least = Math.min(routed, weightLeftToCanary(goal));
  return podsForWeight(context, goal, goal.max - least);
}
