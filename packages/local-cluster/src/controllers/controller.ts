import { Clock } from '../api/clock';
import { ClusterApi } from '../api/clusterApi';
import { KeyedQueue, ReconcileResult } from './queue/keyedQueue';
import { Log } from './queue/log';

export interface ControllerContext {
  api: ClusterApi;
  clock: Clock;
  log: Log;
}

/** One loop of the control plane. Keys are `namespace/name`. */
export interface Controller {
  name: string;
  /** Subscribes to what may change a key. Returns what stops it. */
  observe(enqueue: (key: string) => void): (() => void)[];
  reconcile(key: string): ReconcileResult | void;
}

/** Runs one controller, first on the keys that exist already, until the returned function is called. */
export function runController(
  controller: Controller,
  context: ControllerContext,
  keys: string[] = [],
): () => void {
  const queue = new KeyedQueue({
    name: controller.name,
    clock: context.clock,
    log: context.log,
    reconcile: key => controller.reconcile(key),
  });
  const stops = controller.observe(key => queue.add(key));
  for (const key of keys) queue.add(key);
  return () => {
    for (const stop of stops) stop();
    queue.stop();
  };
}
