import { routersOf } from '../../traffic/registry';
import type { TrafficSides } from '../../traffic/router';
import type { RolloutContext } from '../context';
import { observedSides } from './sides';
import type { TrafficNow } from './trafficNow';

/** Reads the routers' objects. Without a router nothing is routed. */
export function observeTraffic(context: RolloutContext): TrafficNow {
  const { snapshot, memory } = context;
  const sides = observedSides(context);
  return memory.traffic.of(
    snapshot,
    () => trafficOf(context, sides),
    Object.values(sides),
  );
}

function trafficOf(
  { rollout, snapshot, routers }: RolloutContext,
  sides: TrafficSides,
): TrafficNow {
  const all = routersOf(rollout, routers).map(router =>
    router.observe(snapshot, sides),
  );
  return {
    weight: Math.max(0, ...all.map(each => each.weight)),
    canaryHash: all.find(each => each.canaryHash)?.canaryHash,
    stableHash: all.find(each => each.stableHash)?.stableHash,
    additional: all.flatMap(each => each.additional ?? []),
  };
}
