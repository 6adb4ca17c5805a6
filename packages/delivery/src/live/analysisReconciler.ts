import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { RESOURCES, type WorkResult } from '@progressive-delivery/kube';
import { planAnalysisRun } from '../analysis';
import { isCompleted } from '../analysis/plan/assessMetric';
import type { EventRecorder } from './eventRecorder';
import type { DeliveryLogger } from './logger';
import type { Measurements } from './measurements';
import { mergeDiff } from './mergeDiff';
import type { SteadyTime } from './steadyTime';
import type { ClusterStores } from './clusterStores';
import { wakeAfter } from './wakeAfter';
import type { Writer } from './writer';

export interface AnalysisReconcilerOptions {
  stores: ClusterStores;
  measurements: Measurements;
  createWriter: () => Writer;
  events: EventRecorder;
  time: SteadyTime;
  logger: DeliveryLogger;
  isOurs: (run: AnalysisRun) => boolean;
}

/** One turn at one AnalysisRun: takes in what was measured, writes the status, begins what is due. */
export class AnalysisReconciler {
  readonly #options: AnalysisReconcilerOptions;

  constructor(options: AnalysisReconcilerOptions) {
    this.#options = options;
  }

  async reconcile(
    namespace: string,
    name: string,
    signal: AbortSignal,
  ): Promise<WorkResult | void> {
    const { stores, measurements, time, isOurs, logger } = this.#options;
    const run = stores.analysisRuns.get(namespace, name);
    if (!run || run.metadata.deletionTimestamp || !isOurs(run)) {
      return undefined;
    }
    const uid = run.metadata.uid ?? '';
    // When what is measured next is due, and when it has been measured, is told
    // by one clock: a jump of the machine's neither hurries nor holds it.
    const now = time.now(uid, !isCompleted(run.status?.phase));
    const done = measurements.done(uid);
    const changed = measurements.hasChanged(uid);
    const plan = planAnalysisRun(run, done, now, changed);
    const writer = this.#options.createWriter();
    try {
      if (plan.expired) {
        await writer.apply(deletion(run, plan.expired), signal);
      } else {
        const status = mergeDiff(run.status ?? {}, plan.status);
        if (status !== undefined) {
          await writer.apply(statusWrite(run, status), signal);
        }
        measurements.recorded(uid, done);
      }
    } finally {
      await writer.settled();
    }
    for (const reason of plan.reasons) {
      logger.debug(reason, { namespace, analysisRun: name });
    }
    for (const event of plan.events) this.#options.events.record(run, event);
    if (plan.status.completedAt) measurements.forget(uid);
    else measurements.begin(run, plan.due, changed);
    return wakeAfter(plan.wakeAt, now);
  }
}

function precondition({ metadata }: AnalysisRun) {
  const { uid = '', resourceVersion = '' } = metadata;
  return { uid, resourceVersion };
}

function statusWrite(run: AnalysisRun, status: unknown) {
  return {
    verb: 'patch' as const,
    resource: RESOURCES.analysisRuns,
    namespace: run.metadata.namespace ?? '',
    name: run.metadata.name,
    // This kind has no status subresource: the status is a field like others.
    patch: { status },
    precondition: precondition(run),
    reason: 'record the state of the analysis',
  };
}

function deletion(run: AnalysisRun, reason: string) {
  return {
    verb: 'delete' as const,
    resource: RESOURCES.analysisRuns,
    namespace: run.metadata.namespace ?? '',
    name: run.metadata.name,
    precondition: precondition(run),
    reason,
  };
}
