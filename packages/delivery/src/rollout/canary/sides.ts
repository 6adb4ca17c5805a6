import type { ObservedTraffic, TrafficSides } from '../../traffic/router';
import {
  servicesOfCanary,
  type CanaryServices,
} from '../../traffic/servicesOfCanary';
import { hasLostStable, type RolloutContext } from '../context';
import type { Revision } from '../revisions/revision';
import { selectedHash } from '../services/selectedHash';

/** The services by what they lead to, as the status has it now. */
export function canaryServices({
  rollout,
  draft,
}: RolloutContext): CanaryServices {
  return servicesOfCanary({ ...rollout, status: draft.status });
}

/**
 * Who stable's side is to lead to; when nobody can go back, whom it leads to:
 * that may be a version that serves, while the lost one has no pods.
 *
 * @param led - the hash that it selects now, where a router selects pods itself
 */
export function stableHashOf(context: RolloutContext, led?: string): string {
  const { stable, current, draft } = context;
  if (stable) return stable.hash;
  const left = hasLostStable(context)
    ? (led ?? draft.status.stableRS)
    : undefined;
  return left ?? current.hash;
}

/** What the routers say before anything of this turn is written. */
export function observedSides(context: RolloutContext): TrafficSides {
  const { current, snapshot } = context;
  const services = canaryServices(context);
  return {
    ...services,
    canaryHash:
      selectedHash(snapshot.services[services.canaryService]) ?? current.hash,
    stableHash: stableHashOf(context),
  };
}

/**
 * The revision that the canary's side of the traffic leads to: by the subset
 * that the router selects, else by the canary's service. Undefined when it
 * leads to none that exists.
 */
export function ledTo(
  context: RolloutContext,
  observed: Pick<ObservedTraffic, 'canaryHash'>,
): { hash?: string; revision?: Revision } {
  const { current, stable, others, snapshot } = context;
  const { canaryService } = canaryServices(context);
  const hash =
    observed.canaryHash ?? selectedHash(snapshot.services[canaryService]);
  const revision = [current, ...(stable ? [stable] : []), ...others].find(
    each => each.exists && each.hash === hash,
  );
  return { hash, revision };
}
