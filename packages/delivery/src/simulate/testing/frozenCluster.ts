import type { RolloutSnapshot } from '../../rollout/snapshot';
import { SimulatedCluster } from '../simulatedCluster';

function freeze(value: unknown, frozen: WeakSet<object>): void {
  if (typeof value !== 'object' || value === null || frozen.has(value)) return;
  frozen.add(Object.freeze(value));
  for (const each of Object.values(value)) freeze(each, frozen);
}

/** Shows the planner what it cannot change: an attempt throws. */
export class FrozenCluster extends SimulatedCluster {
  readonly #frozen = new WeakSet<object>();

  override snapshot(now: number): RolloutSnapshot {
    const snapshot = super.snapshot(now);
    freeze(snapshot, this.#frozen);
    return snapshot;
  }
}
