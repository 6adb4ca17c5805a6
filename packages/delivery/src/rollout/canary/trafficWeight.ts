import type { RolloutContext } from '../context';
import { scalingLimits } from '../scaling/limits';
import { canaryOf, type CanaryGoal } from './goal';
import type { TrafficNow } from './trafficNow';
import { selectedHash } from '../services/selectedHash';
import { canaryServices, ledTo } from './sides';

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
  observed: TrafficNow,
): WeightDecision {
  const { stable, replicas, rollout } = context;
  const available = stable?.available ?? 0;
  const share = Math.ceil(((goal.max - weight) * replicas) / goal.max);
  const needed = Math.max(
    1,
    Math.min(share, replicas - scalingLimits(rollout).maxUnavailable),
  );
  if (available >= needed || replicas === 0) {
    return { weight, why: 'stable is ready' };
  }
  if (available > 0 && !ledTo(context, observed).revision?.available) {
    return { weight, why: 'the canary has no available pods' };
  }
  const left = goal.max - Math.floor((goal.max * available) / replicas);
  return {
    weight: Math.min(observed.weight, Math.max(weight, left)),
    why: `only ${available} of ${replicas} stable pods are available`,
  };
}

/** Only the canary's side leads to pods: of the current revision, or one before. */
function isServedAsCanaryOnly(
  context: RolloutContext,
  observed: TrafficNow,
): boolean {
  const { current, snapshot } = context;
  const selected =
    observed.stableHash ??
    selectedHash(snapshot.services[canaryServices(context).stableService]);
  return (
    Boolean(ledTo(context, observed).revision?.available) &&
    selected !== undefined &&
    selected !== current.hash
  );
}

/**
 * Under promote full with dynamicStableScale the canary gets what its pods can
 * serve already: stable then shrinks as it does in the steps.
 */
function shareOfReadyPods(context: RolloutContext, goal: CanaryGoal): number {
  const { current, replicas, draft } = context;
  return draft.status.promoteFull && canaryOf(context).dynamicStableScale
    ? Math.floor((goal.max * Math.min(current.available, replicas)) / replicas)
    : 0;
}

/**
 * The canary's weight for this turn. It grows only when the canary's pods are
 * there and its side of the traffic leads to them; it shrinks only as stable
 * can take over.
 *
 * @param selectsCurrent - the canary's side leads to the current revision
 * @param enough - the current revision has its pods, available
 * @param superseded - the canary's side still leads to an older canary
 */
export function trafficWeight(
  context: RolloutContext,
  goal: CanaryGoal,
  observed: TrafficNow,
  {
    selectsCurrent,
    enough,
    superseded,
  }: { selectsCurrent: boolean; enough: boolean; superseded: boolean },
): WeightDecision {
  const now = observed.weight;
  if (goal.mode === 'initial') {
    // Stable's ReplicaSet may have been deleted under way: whoever is there
    // keeps the traffic until it is stable itself.
    return now > 0 && isServedAsCanaryOnly(context, observed)
      ? { weight: now, why: 'there is no stable revision to go back to' }
      : { weight: 0, why: 'first revision' };
  }
  if (goal.mode !== 'stepping') {
    return lowerTo(0, context, goal, observed);
  }
  if (superseded) {
    const { weight, why } = lowerTo(0, context, goal, observed);
    return { weight, why: `a newer revision replaces the canary, ${why}` };
  }
  if (now > 0 && context.current.available === 0) {
    return lowerTo(0, context, goal, observed);
  }
  if (goal.frozen) {
    return { weight: now, why: 'the rollout is paused' };
  }
  if (goal.weight < now) {
    return lowerTo(goal.weight, context, goal, observed);
  }
  if (enough && selectsCurrent) {
    return {
      weight: goal.weight,
      why: `${goal.index < goal.steps.length ? `step ${goal.index + 1} asks for it` : 'all steps are done'} and the canary is available`,
    };
  }
  const share = selectsCurrent ? shareOfReadyPods(context, goal) : 0;
  return share > now
    ? { weight: share, why: 'promoting fully: as much as its pods can serve' }
    : { weight: now, why: 'the canary is not yet available' };
}
