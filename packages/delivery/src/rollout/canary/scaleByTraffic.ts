import { routersOf } from '../../traffic/registry';
import type { RolloutContext } from '../context';
import { isEnoughAvailable } from '../scaling/progressThreshold';
import { canaryOf, type CanaryGoal } from './goal';
import { isReferred } from '../services/references';
import { switchService } from '../services/switchService';
import { observeTraffic } from './observeTraffic';
import { recordWeights } from './recordWeights';
import { scaleDownCanary, scaleDownOthers } from './scaleDown';
import { planCanaryService, reconcileStableService } from './services';
import { canaryServices } from './sides';
import { canaryTarget, stableTarget } from './trafficReplicas';
import { trafficWeight } from './trafficWeight';
import { verifiedWeight } from './verifiedWeight';
import { wantedTraffic } from './wantedTraffic';

/** What grows, grows before anything is routed to it. */
function scaleUp(
  context: RolloutContext,
  goal: CanaryGoal,
  { canary, stable: wanted }: { canary: number; stable: number },
): void {
  const { current, stable, replicas, draft } = context;
  if (stable && stable.replicas < wanted) {
    draft.scale(stable, wanted, 'stable is kept able to take its traffic');
  } else if (stable) {
    draft.setDeadline(stable, undefined, 'stable stays');
  }
  if (goal.mode !== 'stepping' && goal.mode !== 'initial') return;
  if (current.replicas < canary || !current.exists) {
    draft.scale(
      current,
      canary,
      goal.mode === 'initial'
        ? 'first revision'
        : `weight ${goal.weight} of ${replicas} replicas`,
    );
  } else {
    draft.setDeadline(current, undefined, 'it is rolled out again');
  }
}

/** What shrinks, shrinks after its traffic was seen to be gone. */
function scaleDown(
  context: RolloutContext,
  goal: CanaryGoal,
  target: { canary: number; stable: number },
  routed: number,
): void {
  const { current, stable, replicas, draft } = context;
  if (goal.mode === 'aborted') {
    scaleDownCanary(context, routed);
  } else if (
    (goal.mode === 'stepping' || goal.mode === 'initial') &&
    current.exists &&
    current.replicas > target.canary &&
    routed <= goal.weight &&
    (target.canary > 0 || replicas === 0 || !isReferred(context, current))
  ) {
    draft.scale(
      current,
      target.canary,
      `weight ${goal.weight} of ${replicas} replicas`,
    );
  }
  // Whoever a service selects keeps a pod, also one to whom nothing is routed.
  const least = stable && isReferred(context, stable) ? 1 : 0;
  const wanted = replicas === 0 ? 0 : Math.max(target.stable, least);
  if (stable && stable.replicas > wanted) {
    draft.scale(
      stable,
      wanted,
      wanted === replicas
        ? `stable at ${replicas} replicas`
        : `stable follows its traffic: ${goal.max - routed} of ${goal.max}`,
    );
  }
  scaleDownOthers(context);
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
  const { current, draft, rollout, routers, snapshot } = context;
  const observed = observeTraffic(context);
  const target = {
    canary: canaryTarget(context, goal),
    stable: stableTarget(context, goal, observed.weight),
  };
  scaleUp(context, goal, target);

  const available =
    current.exists &&
    current.replicas >= target.canary &&
    isEnoughAvailable(canaryOf(context), current.available, target.canary);
  const enough = available && target.canary > 0 && current.available > 0;
  const service = planCanaryService(context, goal, {
    enough,
    wanted: target.canary > 0,
    routed: observed,
  });
  reconcileStableService(context);
  const { canaryService } = canaryServices(context);
  if (service.before) {
    switchService(context, canaryService, service.before, 'it is available');
  }
  const { weight, why } = trafficWeight(context, goal, observed, {
    ...service,
    enough,
  });
  const wanted = wantedTraffic(context, goal, service, {
    weight,
    target: target.canary,
    stableLed: observed.stableHash,
  });
  // Ping-pong has no stable side yet to send everybody to. And before the
  // first revision can serve, whoever had the traffic keeps it: a Deployment
  // whose place it takes, for one.
  const waits =
    goal.mode === 'initial' &&
    (canaryOf(context).pingPong || current.available === 0);
  const changes = routersOf(rollout, routers).filter(
    router => !waits && router.route(snapshot, wanted, draft, why),
  );
  if (weight !== observed.weight && !waits) {
    draft.event(
      'TrafficWeightUpdated',
      `Traffic weight updated from ${observed.weight} to ${weight}`,
    );
  }
  const verified = verifiedWeight(context, wanted);
  recordWeights(context, wanted, verified);
  if (service.after) {
    switchService(
      context,
      canaryService,
      service.after,
      'nothing is routed to a canary',
    );
  }
  scaleDown(context, goal, target, observed.weight);

  return (
    available &&
    current.replicas === target.canary &&
    (goal.mode === 'initial' ||
      (changes.length === 0 &&
        verified !== false &&
        weight === goal.weight &&
        (goal.weight === 0 || service.selectsCurrent)))
  );
}
