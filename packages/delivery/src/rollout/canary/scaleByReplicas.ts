import { hasLostStable, type RolloutContext } from '../context';
import { scalingLimits } from '../scaling/limits';
import type { Revision } from '../revisions/revision';
import { weightedReplicas, type ReplicaSplit } from './weightedReplicas';
import type { CanaryGoal } from './goal';
import { isHeld } from './held';
import { isReferred } from '../services/references';

function splitOf(context: RolloutContext, goal: CanaryGoal): ReplicaSplit {
  const { replicas, rollout } = context;
  if (goal.mode === 'initial') return { canary: replicas, stable: 0 };
  return weightedReplicas(
    replicas,
    goal.weight,
    goal.max,
    scalingLimits(rollout),
  );
}

function whyOf(goal: CanaryGoal, replicas: number): string {
  switch (goal.mode) {
    case 'initial':
      return 'first revision';
    case 'promoted':
      return `stable at ${replicas} replicas`;
    case 'aborted':
      return 'aborted, going back to stable';
    default:
      return `weight ${goal.weight} of ${replicas} replicas`;
  }
}

/**
 * Moves towards the split of pods that stands for the weight, within maxSurge
 * and maxUnavailable: what grows takes what is left of the surge, what shrinks
 * gives up pods that are not available first, then as many as may be missing.
 *
 * @returns whether the split is reached and available
 */
export function scaleByReplicas(
  context: RolloutContext,
  goal: CanaryGoal,
): boolean {
  const { current, stable, others, replicas, draft } = context;
  if (isHeld(context, goal) || hasLostStable(context)) return false;
  const split = splitOf(context, goal);
  const why = whyOf(goal, replicas);
  const limits = scalingLimits(context.rollout);
  const all = [...new Set([current, ...(stable ? [stable] : []), ...others])];
  const target = (revision: Revision): number => {
    if (revision === stable) return split.stable;
    return revision === current ? split.canary : 0;
  };

  // A service that selects it must not lose its last pod.
  const least = (revision: Revision): number =>
    revision.replicas > 0 && replicas > 0 && isReferred(context, revision)
      ? Math.max(1, target(revision))
      : target(revision);

  // Pods that stay only for a service must not stand in the others' way.
  const kept = all.reduce((sum, each) => sum + least(each) - target(each), 0);
  let surge =
    replicas +
    Math.max(limits.maxSurge, kept) -
    all.reduce((sum, each) => sum + (each.exists ? each.replicas : 0), 0);
  // With nothing in progress the two are one, and have one turn.
  for (const revision of new Set([stable, current])) {
    if (!revision) continue;
    const missing = target(revision) - revision.replicas;
    const grow = Math.max(0, Math.min(missing, surge));
    if (grow > 0 || !revision.exists) {
      draft.scale(revision, revision.replicas + grow, why);
      surge -= grow;
    }
  }

  let spare =
    all.reduce((sum, each) => sum + each.available, 0) -
    (replicas - limits.maxUnavailable);
  for (const revision of new Set([...others, current, stable])) {
    if (!revision || revision.replicas <= least(revision)) continue;
    const excess = revision.replicas - least(revision);
    const broken = revision.replicas - revision.available;
    const shrink = Math.min(excess, broken + Math.max(0, spare));
    if (shrink > 0) {
      draft.scale(revision, revision.replicas - shrink, why);
      spare -= Math.max(0, shrink - broken);
    }
  }

  return all.every(
    each =>
      each.exists &&
      each.replicas === least(each) &&
      each.available === least(each) &&
      (least(each) > 0 || each.actual === 0 || each === stable),
  );
}
