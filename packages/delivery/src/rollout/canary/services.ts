import type { RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';
import { canaryOf, type CanaryGoal } from './goal';
import { switchService } from '../services/switchService';
import { canaryServices, ledTo } from './sides';

/**
 * Stable's service selects stable, and never moves to a revision without an
 * available pod. The first revision gets it when it becomes stable.
 */
export function reconcileStableService(context: RolloutContext): void {
  const { stable, replicas } = context;
  // Of a rollout without pods nobody can be told from another.
  if (!stable || (!stable.available && replicas > 0)) return;
  switchService(
    context,
    canaryServices(context).stableService,
    stable,
    'it is stable',
  );
}

/** Where the canary's side of the traffic leads, and where it is to lead. */
export interface CanaryServicePlan {
  /** The revision to switch to before any weight is given to it. */
  before?: Revision;
  /** The revision to switch to once nothing is routed to the canary. */
  after?: Revision;
  /** The hash that it leads to as the turn begins. */
  led?: string;
  /** It leads to a revision that is neither current nor stable. */
  superseded: boolean;
  /** It leads to the current revision, once `before` is written. */
  selectsCurrent: boolean;
}

/**
 * Decides from the state alone, so that it cannot flap: to the canary when it
 * has its pods, away from it only when the route gives it nothing.
 *
 * @param enough - the current revision has the pods it is to have, available
 * @param wanted - it is to have any
 * @param routed - what the routers say; with none of them, weight 0
 */
export function planCanaryService(
  context: RolloutContext,
  goal: CanaryGoal,
  {
    enough,
    wanted,
    routed,
  }: {
    enough: boolean;
    wanted: boolean;
    routed: { weight: number; canaryHash?: string };
  },
): CanaryServicePlan {
  const { current, stable } = context;
  const led = ledTo(context, routed).hash;
  const superseded =
    led !== undefined && led !== current.hash && led !== stable?.hash;
  const selectsCurrent = led === current.hash;
  // With ping-pong an idle service is left alone: that is what it is for.
  const back =
    routed.weight === 0 && stable?.available && !canaryOf(context).pingPong
      ? stable
      : undefined;
  if (goal.mode !== 'stepping' && goal.mode !== 'initial') {
    return { led, after: back, superseded: false, selectsCurrent };
  }
  if (enough) {
    return { led, before: current, superseded: false, selectsCurrent: true };
  }
  return {
    led,
    after: superseded || !wanted ? back : undefined,
    superseded,
    selectsCurrent,
  };
}
