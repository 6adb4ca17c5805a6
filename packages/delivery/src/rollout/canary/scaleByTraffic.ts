import { routerOf } from '../../traffic/registry';
import type { RolloutContext } from '../context';
import { canaryReplicas } from './canaryReplicas';
import { canaryOf, type CanaryGoal } from './goal';
import { isHeld } from './held';
import { isReferred } from '../services/references';
import { switchService } from '../services/switchService';
import { recordWeights } from './recordWeights';
import { scaleDownCanary, scaleDownOthers } from './scaleDown';
import { planCanaryService, reconcileStableService } from './services';
import { trafficWeight } from './trafficWeight';

function targetOf(context: RolloutContext, goal: CanaryGoal): number {
  if (isHeld(context, goal)) return context.current.replicas;
  return goal.mode === 'initial'
    ? context.replicas
    : canaryReplicas(context, goal);
}

/**
 * One turn of a canary whose weight a router sets. The writes are in the order
 * in which they are safe: what grows, the services that are about to get
 * traffic, the weight, the services that get none any more, what shrinks.
 *
 * @returns whether pods and traffic are where the goal wants them
 */
export function scaleByTraffic(
  context: RolloutContext,
  goal: CanaryGoal,
): boolean {
  const { current, stable, replicas, draft, snapshot } = context;
  const router = routerOf(context.rollout);
  if (!router) return false;
  const observed = router.observe(snapshot);
  const running = goal.mode === 'stepping' || goal.mode === 'initial';
  const target = running ? targetOf(context, goal) : current.replicas;

  if (stable && stable.replicas < replicas) {
    draft.scale(stable, replicas, 'stable is kept able to take all traffic');
  } else if (stable) {
    draft.setDeadline(stable, undefined, 'stable stays');
  }
  if (running && (current.replicas < target || !current.exists)) {
    draft.scale(
      current,
      target,
      goal.mode === 'initial'
        ? 'first revision'
        : `weight ${goal.weight} of ${replicas} replicas`,
    );
  } else if (running) {
    draft.setDeadline(current, undefined, 'it is rolled out again');
  }

  const enough =
    current.exists &&
    target > 0 &&
    current.replicas >= target &&
    current.available >= target;
  const service = planCanaryService(context, goal, {
    enough,
    wanted: target > 0,
    routedWeight: observed.weight,
  });
  reconcileStableService(context);
  const { canaryService } = canaryOf(context);
  if (service.before) {
    switchService(context, canaryService, service.before, 'it is available');
  }
  const { weight, why } = trafficWeight(context, goal, observed, {
    ready: enough && service.selectsCurrent,
    superseded: service.superseded,
  });
  if (weight !== observed.weight || !observed.settled) {
    router.setWeight(snapshot, weight, draft, why);
    draft.event(
      'TrafficWeightUpdated',
      `Traffic weight updated from ${observed.weight} to ${weight}`,
    );
  }
  recordWeights(context, weight, goal.max);
  if (service.after) {
    switchService(
      context,
      canaryService,
      service.after,
      'nothing is routed to a canary',
    );
  }

  if (goal.mode === 'aborted') {
    scaleDownCanary(context, observed.weight);
  } else if (
    running &&
    current.exists &&
    current.replicas > target &&
    observed.weight <= goal.weight &&
    (target > 0 || !isReferred(context, current))
  ) {
    draft.scale(
      current,
      target,
      `weight ${goal.weight} of ${replicas} replicas`,
    );
  }
  if (stable && stable.replicas > replicas) {
    draft.scale(stable, replicas, `stable at ${replicas} replicas`);
  }
  scaleDownOthers(context);

  return (
    current.exists &&
    current.replicas === target &&
    current.available >= target &&
    (goal.mode === 'initial' ||
      (observed.settled &&
        observed.weight === goal.weight &&
        (goal.weight === 0 || service.selectsCurrent)))
  );
}
