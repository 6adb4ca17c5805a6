import { routersOf } from '../../traffic/registry';
import type { RolloutContext } from '../context';
import { observedSides } from './sides';

/** What all routers of a rollout say together. */
export interface TrafficNow {
  /** The canary's greatest share, out of the maximum. */
  weight: number;
  canaryHash?: string;
  stableHash?: string;
  additional: string[];
}

/** Reads the routers' objects. Without a router nothing is routed. */
export function observeTraffic(context: RolloutContext): TrafficNow {
  const { rollout, snapshot, routers } = context;
  const sides = observedSides(context);
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
