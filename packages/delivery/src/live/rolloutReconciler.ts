import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  RESOURCES,
  type Clock,
  type WorkResult,
} from '@progressive-delivery/kube';
import type { RolloutPlan } from '../rollout/plan';
import type { RolloutSnapshot } from '../rollout/snapshot';
import type { EventRecorder } from './eventRecorder';
import type { DeliveryLogger } from './logger';
import { mergeDiff } from './mergeDiff';
import { readSnapshot } from './readSnapshot';
import type { RouteMirrors } from './routes/routeMirrors';
import type { StepPluginCalls } from './stepPluginCalls';
import type { ClusterStores } from './view';
import { wakeAfter } from './wakeAfter';
import type { Writer } from './writer';

export interface RolloutReconcilerOptions {
  stores: ClusterStores;
  routes: RouteMirrors;
  plan: (snapshot: RolloutSnapshot, now: number) => RolloutPlan;
  createWriter: () => Writer;
  events: EventRecorder;
  stepPlugins: StepPluginCalls;
  clock: Clock;
  logger: DeliveryLogger;
  /** Whether this controller is responsible. */
  isOurs: (rollout: Rollout) => boolean;
}

/**
 * One turn at one rollout: snapshot, plan, writes in their order, status last,
 * and then wait until the mirror shows it all. A write that fails ends the
 * turn; the next one starts from what the cluster then shows.
 */
export class RolloutReconciler {
  readonly #options: RolloutReconcilerOptions;

  constructor(options: RolloutReconcilerOptions) {
    this.#options = options;
  }

  async reconcile(
    namespace: string,
    name: string,
    signal: AbortSignal,
  ): Promise<WorkResult | void> {
    const { stores, routes, clock, isOurs } = this.#options;
    const rollout = stores.rollouts.get(namespace, name);
    if (!rollout || rollout.metadata.deletionTimestamp || !isOurs(rollout)) {
      return undefined;
    }
    const now = clock.now();
    const { stepPlugins } = this.#options;
    const stepPluginsDone = stepPlugins.done(rollout);
    const snapshot = {
      ...readSnapshot(rollout, stores, routes),
      stepPluginsDone,
    };
    const plan = this.#options.plan(snapshot, now);
    const writer = this.#options.createWriter();
    const where = { namespace, rollout: name };
    try {
      for (const write of plan.writes) {
        this.#options.logger.info(write.reason, where);
        await writer.apply(write, signal);
      }
      const status = mergeDiff(rollout.status ?? {}, plan.status);
      if (status !== undefined) {
        await writer.apply(statusWrite(rollout, status, plan.reasons), signal);
        for (const reason of plan.reasons) {
          this.#options.logger.debug(reason, where);
        }
      }
    } finally {
      // Also after a failure: what was written before it must be seen first.
      await writer.settled();
    }
    stepPlugins.recorded(rollout, stepPluginsDone);
    stepPlugins.begin(rollout, plan.pluginCalls ?? []);
    for (const event of plan.events)
      this.#options.events.record(rollout, event);
    return wakeAfter(plan.wakeAt, now);
  }
}

function statusWrite(rollout: Rollout, status: unknown, reasons: string[]) {
  const {
    namespace = '',
    name,
    uid = '',
    resourceVersion = '',
  } = rollout.metadata;
  return {
    verb: 'patch' as const,
    resource: RESOURCES.rollouts,
    namespace,
    name,
    patch: { status },
    subresource: 'status' as const,
    precondition: { uid, resourceVersion },
    reason: reasons.join('; '),
  };
}
