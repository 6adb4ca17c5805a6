import { managedRoutesAt, type ManagedRoute } from '../../traffic/managedRoute';
import type {
  AdditionalDestination,
  WantedTraffic,
} from '../../traffic/router';
import type { RolloutContext } from '../context';
import { experimentDestinations } from '../experiments/destinations';
import { heldDestinations } from '../experiments/heldDestinations';
import { canaryOf, type CanaryGoal } from './goal';
import type { CanaryServicePlan } from './services';
import { canaryServices, stableHashOf } from './sides';

/**
 * Header and mirror routes of the steps so far; after the last step they stay
 * until the canary is stable, so that whom they lead to it stays with it. They
 * are there only while the canary's pods are, or while none are wanted.
 */
function managedRoutes(
  context: RolloutContext,
  goal: CanaryGoal,
  { selectsCurrent }: CanaryServicePlan,
  target: number,
): ManagedRoute[] {
  const { trafficRouting } = canaryOf(context);
  const isServed = selectsCurrent && context.current.available > 0;
  if (goal.mode !== 'stepping' || context.draft.status.promoteFull) return [];
  return isServed || target === 0
    ? managedRoutesAt(
        goal.steps,
        Math.min(goal.index, goal.steps.length - 1),
        trafficRouting?.managedRoutes ?? [],
      )
    : [];
}

/**
 * The shares of an experiment, once the canary leaves them enough: it may still
 * have more than the step says, because stable is not ready to take it back.
 * What is taken from an experiment goes to stable, so that one waits, too.
 */
function additional(
  context: RolloutContext,
  { max }: CanaryGoal,
  weight: number,
): AdditionalDestination[] {
  const asked = experimentDestinations(context);
  const held = heldDestinations(context);
  const wanted = [
    ...asked,
    ...held.filter(({ service }) => !asked.some(a => a.service === service)),
  ];
  const sum = wanted.reduce((all, each) => all + each.weight, weight);
  if (sum <= max) return wanted;
  context.draft.because(
    `the experiment waits for its traffic: the canary still has ${weight} of ${max}`,
  );
  return [];
}

/** What the routers are to say at the end of this turn. */
export function wantedTraffic(
  context: RolloutContext,
  goal: CanaryGoal,
  service: CanaryServicePlan,
  {
    weight,
    target,
    stableLed,
  }: { weight: number; target: number; stableLed: string | undefined },
): WantedTraffic {
  const { current } = context;
  const to = service.before ?? (weight === 0 ? service.after : undefined);
  return {
    ...canaryServices(context),
    canaryHash: to?.hash ?? service.led ?? current.hash,
    stableHash: stableHashOf(context, stableLed),
    weight,
    max: goal.max,
    additional: additional(context, goal, weight),
    managedRoutes: managedRoutes(context, goal, service, target),
  };
}
