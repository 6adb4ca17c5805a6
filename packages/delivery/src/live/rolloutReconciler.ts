import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  KubeApiError,
  RESOURCES,
  type Clock,
  type WorkResult,
} from '@progressive-delivery/kube';
import { FormerCanaries } from '../rollout/formerCanaries';
import type { RolloutPlan } from '../rollout/plan';
import type { RolloutSnapshot } from '../rollout/snapshot';
import type { EventRecorder } from './eventRecorder';
import { HeldLog } from './holds/heldLog';
import type { HoldSource } from './holds/holdSource';
import type { DeliveryLogger } from './logger';
import { mergeDiff } from './mergeDiff';
import { readSnapshot } from './readSnapshot';
import { heldStatus } from './routes/heldStatus';
import type { HeldWrite } from './routes/heldWrite';
import type { RouteMirrors } from './routes/routeMirrors';
import type { RoutingWrites } from './routes/routingWrites';
import { StatusPace } from './statusPace';
import type { SteadyTime } from './steadyTime';
import type { StepPluginCalls } from './stepPluginCalls';
import { isRolloutTimed } from './timers';
import type { ClusterStores } from './clusterStores';
import { wakeAfter } from './wakeAfter';
import type { Writer } from './writer';

export interface RolloutReconcilerOptions {
  stores: ClusterStores;
  routes: RouteMirrors;
  routingWrites: RoutingWrites;
  plan: (snapshot: RolloutSnapshot, now: number) => RolloutPlan;
  createWriter: () => Writer;
  events: EventRecorder;
  stepPlugins: StepPluginCalls;
  holds?: HoldSource;
  clock: Clock;
  time: SteadyTime;
  logger: DeliveryLogger;
  /** Whether this controller is responsible. */
  isOurs: (rollout: Rollout) => boolean;
}

/** How soon an eviction is asked for again that was refused for now; milliseconds. */
const EVICTION_RETRY = 10_000;

/**
 * One turn at one rollout: snapshot, plan, writes in their order, then the
 * status, then evictions, and then wait until the mirror shows it all. A write
 * that fails ends the turn; the next one starts from what the cluster then
 * shows. So does a write to a routing object that somebody else keeps undoing:
 * what comes after it in a plan is safe only with it. An eviction that is
 * refused ends nothing: a disruption budget may refuse it for as long as it
 * likes, and the rollout goes on meanwhile.
 */
export class RolloutReconciler {
  readonly #formerCanaries = new FormerCanaries();
  readonly #options: RolloutReconcilerOptions;
  readonly #pace = new StatusPace();
  readonly #heldLog: HeldLog;

  constructor(options: RolloutReconcilerOptions) {
    this.#options = options;
    this.#heldLog = new HeldLog(options.logger);
  }

  /** The object is gone. */
  forget(uid: string): void {
    this.#formerCanaries.forget(uid);
    this.#heldLog.forget(uid);
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
    const { stepPlugins, time } = this.#options;
    const stepPluginsDone = stepPlugins.done(rollout);
    const read = readSnapshot(
      rollout,
      stores,
      routes,
      this.#formerCanaries.see(rollout),
    );
    const now = time.now(rollout.metadata.uid ?? '', isRolloutTimed(read));
    const ahead = clock.now() - now;
    const snapshot = {
      ...read,
      stepPluginsDone: stepPluginsDone.map(each => ({
        ...each,
        at: each.at - ahead,
      })),
      // Freeze windows are times of the day.
      holds: this.#options.holds?.holdsOf(rollout, clock.now()),
    };
    const plan = this.#options.plan(snapshot, now);
    const { uid = '' } = rollout.metadata;
    this.#heldLog.see({ namespace, name, uid }, plan.held);
    if (plan.wakeAt !== undefined) time.hold(rollout.metadata.uid ?? '');
    const pause = this.#pauseBefore(rollout, plan, now);
    if (pause > 0) {
      return wakeAfter(Math.min(plan.wakeAt ?? Infinity, now + pause), now);
    }
    const writer = this.#options.createWriter();
    let held: HeldWrite | undefined;
    let isRefused = false;
    const begun = clock.monotonic();
    let took = 0;
    try {
      held = await this.#write(rollout, plan, writer, signal);
      if (!held) isRefused = await this.#evict(rollout, plan, writer, signal);
    } finally {
      took = clock.monotonic() - begun;
      // Also after a failure: what was written before it must be seen first.
      await writer.settled();
    }
    this.#pace.seen(
      rollout,
      stores.rollouts.get(namespace, name),
      clock.now() - ahead,
      { took, writes: writer.attempts },
    );
    if (held) {
      if (held.event) this.#options.events.record(rollout, held.event);
      return wakeAfter(
        Math.min(plan.wakeAt ?? Infinity, now + held.retryIn),
        now,
      );
    }
    stepPlugins.recorded(rollout, stepPluginsDone);
    stepPlugins.begin(rollout, plan.pluginCalls ?? []);
    for (const event of plan.events)
      this.#options.events.record(rollout, event);
    return wakeAfter(
      isRefused
        ? Math.min(plan.wakeAt ?? Infinity, now + EVICTION_RETRY)
        : plan.wakeAt,
      now,
    );
  }

  /** How long a turn that has nothing but numbers to write may wait. */
  #pauseBefore(
    rollout: Rollout,
    { writes, events, pluginCalls = [], status }: RolloutPlan,
    now: number,
  ): number {
    if (writes.length + events.length + pluginCalls.length > 0) return 0;
    const patch = mergeDiff(rollout.status ?? {}, status);
    return this.#pace.pauseBefore(rollout, patch, now);
  }

  /** @returns the write that was held back, and ended the turn */
  async #write(
    rollout: Rollout,
    plan: RolloutPlan,
    writer: Writer,
    signal: AbortSignal,
  ): Promise<HeldWrite | undefined> {
    const { routingWrites, logger } = this.#options;
    const { namespace = '', name } = rollout.metadata;
    const where = { namespace, rollout: name };
    const turn = routingWrites.begin(rollout, plan.status);
    let held: HeldWrite | undefined;
    for (const write of plan.writes) {
      if (write.verb === 'evict') continue;
      held = turn.hold(write);
      if (held) break;
      logger.info(write.reason, where);
      turn.wrote(write, await writer.apply(write, signal));
    }
    const now = rollout.status ?? {};
    const reasons = held ? [held.reason] : plan.reasons;
    const status = mergeDiff(
      now,
      held ? heldStatus(now, plan.status, held.message) : plan.status,
    );
    if (status !== undefined) {
      await writer.apply(statusWrite(rollout, status, reasons), signal);
    }
    if (held?.event) logger.warn(held.reason, where);
    else if (held) logger.debug(held.reason, where);
    else if (status !== undefined) {
      for (const reason of reasons) logger.debug(reason, where);
    }
    return held;
  }

  /** @returns whether one of them was refused for now */
  async #evict(
    rollout: Rollout,
    { writes }: RolloutPlan,
    writer: Writer,
    signal: AbortSignal,
  ): Promise<boolean> {
    const { logger } = this.#options;
    const { namespace = '', name } = rollout.metadata;
    const where = { namespace, rollout: name };
    for (const write of writes) {
      if (write.verb !== 'evict') continue;
      try {
        await writer.apply(write, signal);
        logger.info(write.reason, where);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        logger.warn(`not ${write.reason}: ${error.message}`, where);
        return true;
      }
    }
    return false;
  }
}

/**
 * A disruption budget allows nothing now (429), or the pod has several (500).
 * Source: Kubernetes documentation, "API-initiated Eviction".
 */
function isRefusal(error: unknown): error is KubeApiError {
  return (
    error instanceof KubeApiError &&
    (error.status === 429 || error.status === 500)
  );
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
