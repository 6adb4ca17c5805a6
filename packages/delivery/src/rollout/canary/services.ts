import type { RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';
import { canaryOf, type CanaryGoal } from './goal';
import { selectedHash } from '../services/references';
import { switchService } from '../services/switchService';

/**
 * Stable's service selects stable, and never moves to a revision without an
 * available pod. The first revision gets it when it becomes stable.
 */
export function reconcileStableService(context: RolloutContext): void {
  const { stable } = context;
  if (!stable?.available) return;
  switchService(
    context,
    canaryOf(context).stableService,
    stable,
    'it is stable',
  );
}

/** What the canary's service selects, and what it is to select. */
export interface CanaryServicePlan {
  /** The revision to switch to before any weight is given to it. */
  before?: Revision;
  /** The revision to switch to once nothing is routed to the canary. */
  after?: Revision;
  /** It selects a revision that is neither current nor stable. */
  superseded: boolean;
  /** It selects the current revision, once `before` is written. */
  selectsCurrent: boolean;
}

/**
 * Decides from the state alone, so that it cannot flap: to the canary when it
 * has its pods, away from it only when the route gives it nothing.
 *
 * @param enough - the current revision has the pods it is to have, available
 * @param wanted - it is to have any
 */
export function planCanaryService(
  context: RolloutContext,
  goal: CanaryGoal,
  {
    enough,
    wanted,
    routedWeight,
  }: { enough: boolean; wanted: boolean; routedWeight: number },
): CanaryServicePlan {
  const { current, stable, snapshot } = context;
  const { canaryService } = canaryOf(context);
  const service =
    canaryService === undefined ? undefined : snapshot.services[canaryService];
  const selected = selectedHash(service);
  const superseded =
    selected !== undefined &&
    selected !== current.hash &&
    selected !== stable?.hash;
  if (goal.mode === 'stepping' || goal.mode === 'initial') {
    if (enough) {
      return { before: current, superseded: false, selectsCurrent: true };
    }
    return {
      after:
        (superseded || !wanted) && routedWeight === 0 && stable?.available
          ? stable
          : undefined,
      superseded,
      selectsCurrent: selected === current.hash,
    };
  }
  return {
    after: routedWeight === 0 && stable?.available ? stable : undefined,
    superseded: false,
    selectsCurrent: selected === current.hash,
  };
}
