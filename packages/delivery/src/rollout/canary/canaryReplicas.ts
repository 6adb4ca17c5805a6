import type { RolloutContext } from '../context';
import { canaryOf, type CanaryGoal } from './goal';

/** The setCanaryScale in force at a step, if it does not say to match the weight. */
export function scaleStepAt({ steps, index }: CanaryGoal) {
  if (index >= steps.length) return undefined;
  for (let i = index; i >= 0; i--) {
    const scale = steps[i]?.setCanaryScale;
    if (scale) return scale.matchTrafficWeight ? undefined : scale;
  }
  return undefined;
}

/**
 * How many pods a routed canary is to have: its share of `spec.replicas`
 * rounded up, unless a setCanaryScale says otherwise. Source: docs,
 * features/canary, "Dynamic Canary Scale"; specification, minPodsPerReplicaSet.
 */
export function canaryReplicas(
  context: RolloutContext,
  goal: CanaryGoal,
): number {
  const { replicas } = context;
  const scale = scaleStepAt(goal);
  if (scale?.replicas !== undefined) {
    // Whatever is asked for, traffic is not sent to nobody (I1).
    const asked = Math.max(scale.replicas, goal.weight > 0 ? 1 : 0);
    // What is asked for goes below the minimum, but not while stable follows
    // the traffic. Source: what the reference does.
    return canaryOf(context).dynamicStableScale && asked > 0
      ? Math.max(asked, minimumPods(context))
      : asked;
  }
  const [weight, max] =
    scale?.weight === undefined ? [goal.weight, goal.max] : [scale.weight, 100];
  const share = Math.ceil((replicas * weight) / max);
  if (share === 0) return goal.weight > 0 && replicas > 0 ? 1 : 0;
  return Math.max(share, minimumPods(context));
}

/** The fewest pods of a ReplicaSet that is not to be empty. */
export function minimumPods(context: RolloutContext): number {
  const { minPodsPerReplicaSet = 1 } = canaryOf(context);
  return Math.min(minPodsPerReplicaSet, context.replicas);
}
