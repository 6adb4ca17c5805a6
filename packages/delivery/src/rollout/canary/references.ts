import { isPromoted, type RolloutContext } from '../context';
import { selectedHash } from '../services/selectedHash';
import { canaryOf } from './goal';
import { observeTraffic } from './observeTraffic';
import { canaryServices } from './sides';

/**
 * Hashes that requests are led to, as far as is seen: by the strategy's
 * services and by the routers that select pods themselves. With ping-pong the
 * service that has no turn keeps what it selected, and nothing is routed to
 * it: it holds nobody.
 */
export function hashesReferredByCanary(
  context: RolloutContext,
): (string | undefined)[] {
  const { services } = context.snapshot;
  const { canaryService, stableService } = canaryServices(context);
  const observed = observeTraffic(context);
  const idle =
    canaryOf(context).pingPong !== undefined &&
    (isPromoted(context) || context.draft.status.abort === true) &&
    observed.weight === 0;
  return [
    selectedHash(services[stableService]),
    ...(idle ? [] : [selectedHash(services[canaryService])]),
    observed.canaryHash,
    observed.stableHash,
    ...observed.additional,
  ];
}
