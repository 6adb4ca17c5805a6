import type { Experiment } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  ForbiddenError,
  InvalidError,
  KubeApiError,
  RESOURCES,
  type WorkResult,
} from '@progressive-delivery/kube';
import type { ExperimentPlan } from '../experiment/draft';
import { planExperiment } from '../experiment/planExperiment';
import { refusalKey, type ExperimentSnapshot } from '../experiment/snapshot';
import type { Write } from '../rollout/plan';
import type { EventRecorder } from './eventRecorder';
import type { DeliveryLogger } from './logger';
import { mergeDiff } from './mergeDiff';
import { readExperiment } from './readExperiment';
import { ownerOf } from './references';
import type { SteadyTime } from './steadyTime';
import { isExperimentTimed } from './timers';
import type { ClusterStores } from './clusterStores';
import { wakeAfter } from './wakeAfter';
import type { Writer } from './writer';

export interface ExperimentReconcilerOptions {
  stores: ClusterStores;
  createWriter: () => Writer;
  events: EventRecorder;
  time: SteadyTime;
  logger: DeliveryLogger;
  /** Whether this controller is responsible. */
  isOurs: (experiment: Experiment) => boolean;
}

/** An object that the API server will never take as it is. */
interface Refusal {
  key: string;
  message: string;
}

/**
 * One turn at one experiment: snapshot, plan, writes in their order, status
 * last, and then wait until the mirror shows it all. What the API server
 * refuses to create is planned for once more, and ends in the status; any
 * other failed write ends the turn, and the next starts from what is there.
 */
export class ExperimentReconciler {
  readonly #options: ExperimentReconcilerOptions;

  constructor(options: ExperimentReconcilerOptions) {
    this.#options = options;
  }

  async reconcile(
    namespace: string,
    name: string,
    signal: AbortSignal,
  ): Promise<WorkResult | void> {
    const { stores, time, isOurs, createWriter } = this.#options;
    const experiment = stores.experiments.get(namespace, name);
    if (
      !experiment ||
      experiment.metadata.deletionTimestamp ||
      !isOurs(experiment)
    ) {
      return undefined;
    }
    const snapshot = readExperiment(experiment, stores);
    const now = time.now(
      experiment.metadata.uid ?? '',
      isExperimentTimed(experiment, snapshot.replicaSets),
    );
    const writer = createWriter();
    let plan: ExperimentPlan;
    try {
      plan = await this.#carryOut(snapshot, writer, now, signal);
      const status = mergeDiff(experiment.status ?? {}, plan.status);
      if (status !== undefined) {
        await writer.apply(statusWrite(experiment, status, plan), signal);
      }
    } finally {
      // Also after a failure: what was written before it must be seen first.
      await writer.settled();
    }
    if (plan.wakeAt !== undefined) time.hold(experiment.metadata.uid ?? '');
    this.#record(experiment, plan);
    return wakeAfter(plan.wakeAt, now);
  }

  async #carryOut(
    snapshot: Omit<ExperimentSnapshot, 'refusals'>,
    writer: Writer,
    now: number,
    signal: AbortSignal,
  ): Promise<ExperimentPlan> {
    const { experiment } = snapshot;
    const refusals: Record<string, string> = {};
    const done = new Set<string>();
    for (;;) {
      const plan = planExperiment({ ...snapshot, refusals }, now);
      const refusal = await this.#apply(plan.writes, experiment, writer, {
        done,
        signal,
      });
      if (!refusal) return plan;
      refusals[refusal.key] = refusal.message;
    }
  }

  /** @param done - writes of this turn, not to be repeated by its next plan */
  async #apply(
    writes: Write[],
    { metadata }: Experiment,
    writer: Writer,
    { done, signal }: { done: Set<string>; signal: AbortSignal },
  ): Promise<Refusal | undefined> {
    const where = {
      namespace: metadata.namespace ?? '',
      experiment: metadata.name,
    };
    for (const write of writes) {
      const name =
        write.verb === 'create' ? write.object.metadata.name : write.name;
      const key = `${write.verb} ${write.resource.plural}/${name}`;
      if (done.has(key)) continue;
      this.#options.logger.info(write.reason, where);
      try {
        await writer.apply(write, signal);
      } catch (error) {
        if (write.verb === 'create' && isRefusal(error)) {
          return {
            key: refusalKey(write.object),
            message: error.serverMessage || error.message,
          };
        }
        throw error;
      }
      done.add(key);
    }
    return undefined;
  }

  #record(experiment: Experiment, plan: ExperimentPlan) {
    const { stores, events, logger } = this.#options;
    const { namespace, name } = experiment.metadata;
    for (const reason of plan.reasons) {
      logger.debug(reason, { namespace: namespace ?? '', experiment: name });
    }
    for (const event of plan.events) events.record(experiment, event);
    const [rollout] = stores.rollouts.byIndex('uid', ownerOf(experiment) ?? '');
    if (!rollout) return;
    for (const event of plan.ownerEvents) events.record(rollout, event);
  }
}

function isRefusal(error: unknown): error is KubeApiError {
  return (
    error instanceof InvalidError ||
    error instanceof ForbiddenError ||
    (error instanceof KubeApiError && error.status === 400)
  );
}

function statusWrite(
  { metadata }: Experiment,
  status: unknown,
  { reasons }: ExperimentPlan,
) {
  const { namespace = '', name, uid = '', resourceVersion = '' } = metadata;
  return {
    verb: 'patch' as const,
    resource: RESOURCES.experiments,
    namespace,
    name,
    // This kind has no status subresource: the status is a field like others.
    patch: { status },
    precondition: { uid, resourceVersion },
    reason: reasons.join('; '),
  };
}
