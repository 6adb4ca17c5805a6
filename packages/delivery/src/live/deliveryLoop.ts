import type {
  KubeObject,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { INSTANCE_ID_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import {
  ConflictError,
  WorkQueue,
  systemClock,
  type Clock,
  type KubeClient,
  type WorkResult,
} from '@progressive-delivery/kube';
import { HttpEgress, type EgressPolicy } from '../providers/egress/httpEgress';
import { measure } from '../providers/measure';
import type { MetricProvider } from '../providers/provider';
import { createRegistry } from '../providers/registry';
import type { StepPlugin } from '../stepPlugins/stepPlugin';
import type { RolloutPlan } from '../rollout/plan';
import type { RolloutSnapshot } from '../rollout/snapshot';
import type { TrafficRouter } from '../traffic/router';
import { AnalysisReconciler } from './analysisReconciler';
import type { HoldSource } from './holds/holdSource';
import { createJobClient, type JobPlace } from './jobClient';
import { EventRecorder } from './eventRecorder';
import { ExperimentReconciler } from './experimentReconciler';
import { silentLogger, type DeliveryLogger } from './logger';
import { Measurements } from './measurements';
import { ControllerMetrics } from './metrics';
import { RolloutReconciler } from './rolloutReconciler';
import { RoutingWrites } from './routes/routingWrites';
import { readSecret } from './secrets';
import { managerOf } from './references';
import { ServiceReconciler } from './serviceReconciler';
import { SteadyTime } from './steadyTime';
import { StepPluginCalls } from './stepPluginCalls';
import {
  connectTriggers,
  keyOf,
  parseKey,
  type WorkKey,
  type WorkKind,
} from './triggers';
import { ClusterView } from './view';
import { NotWritingError, Writer } from './writer';

/** How long a turn that was begun may take to finish after `stop`; milliseconds. */
const GRACE = 3_000;
/** How long Events that wait may take to be written then; milliseconds. */
const EVENTS_GRACE = 5_000;

export interface DeliveryLoopOptions {
  client: KubeClient;
  plan: (snapshot: RolloutSnapshot, now: number) => RolloutPlan;
  namespace?: string;
  instanceId?: string;
  clock?: Clock;
  egress?: EgressPolicy;
  /** Those that `plan` knows. */
  routers?: readonly TrafficRouter[];
  providers?: MetricProvider[];
  /** Where Prometheus metrics are that name no address. */
  prometheusAddress?: string;
  /** Where the Jobs of analyses run; beside their run when left out. */
  jobs?: JobPlace;
  /** What steps of the kind `plugin` may name. */
  stepPlugins?: readonly StepPlugin[];
  /** Times in which rollouts do not go on by themselves. */
  holds?: HoldSource;
  logger?: DeliveryLogger;
  /** Asked before each turn and each write. */
  mayAct: () => boolean;
  /** Keys handled at the same time; default 10. */
  workers?: number;
  mirrorTimeoutMilliseconds?: number;
}

/** How soon a turn is tried again for which the view was not current; milliseconds. */
const OUTDATED_PAUSE = 5_000;

/** Mirrors, queue and reconcilers, put together. Leading is decided elsewhere. */
export class DeliveryLoop {
  readonly view: ClusterView;
  readonly #options: DeliveryLoopOptions;
  readonly #logger: DeliveryLogger;
  readonly #queue: WorkQueue;
  readonly #events: EventRecorder;
  readonly #measurements: Measurements;
  readonly #stepPlugins: StepPluginCalls;
  readonly #routingWrites: RoutingWrites;
  readonly #rollouts: RolloutReconciler;
  readonly #analyses: AnalysisReconciler;
  readonly #experiments: ExperimentReconciler;
  readonly #services: ServiceReconciler;
  readonly #time: SteadyTime;
  readonly #failing = new Map<string, string>();
  readonly metrics: ControllerMetrics;
  /** Cuts requests that are still open some time after `stop`. */
  readonly #cut = new AbortController();
  #disconnect: () => void = () => {};

  constructor(options: DeliveryLoopOptions) {
    const { client, clock = systemClock, logger = silentLogger } = options;
    this.#options = options;
    this.#logger = logger;
    this.view = new ClusterView({
      client,
      namespace: options.namespace,
      clock,
      routers: options.routers,
      onError: error => logger.error(`handling a change: ${text(error)}`),
    });
    this.#queue = new WorkQueue({
      handle: async key => {
        this.metrics.queue.began(key);
        try {
          return await this.#handle(key);
        } finally {
          this.metrics.queue.ended(key);
        }
      },
      onError: (key, error, retry) => this.#failed(key, error, retry),
      concurrency: options.workers ?? 10,
      clock,
    });
    this.#events = new EventRecorder({
      client,
      clock,
      isBusy: () => !this.#queue.isIdle,
      onRecord: ({ kind, metadata }, event) => {
        const { namespace = '', name } = metadata;
        if (kind === 'Rollout')
          this.metrics.recorded({ namespace, name }, event);
      },
      onError: error => logger.warn(`an Event was lost: ${text(error)}`),
    });
    const { analysisTemplates, clusterAnalysisTemplates } = this.view.stores;
    this.metrics = new ControllerMetrics(
      {
        rollouts: () => this.rollouts,
        analysisRuns: () =>
          this.view.stores.analysisRuns.list().filter(run => this.#isOurs(run)),
        experiments: () =>
          this.view.stores.experiments
            .list()
            .filter(each => this.#isOurs(each)),
        analysisTemplates: () => [
          ...analysisTemplates.list(),
          ...clusterAnalysisTemplates.list(),
        ],
        queueLength: () => this.#queue.length,
      },
      clock,
    );
    this.#time = new SteadyTime(clock);
    const measuring = {
      registry: createRegistry(options.providers, options),
      http: new HttpEgress(options.egress),
      jobs: createJobClient(client, options.jobs),
      readSecret: readSecret(client),
      wallTime: () => clock.now(),
    };
    this.#measurements = new Measurements({
      measure: (run, due, signal) =>
        measure(
          run,
          due,
          {
            ...measuring,
            now: () => this.#time.now(run.metadata.uid ?? '', true),
          },
          signal,
        ),
      onDone: run => this.#add(keyOf('analysis', run)),
      clock,
    });
    this.#stepPlugins = new StepPluginCalls({
      plugins: options.stepPlugins ?? [],
      onDone: rollout => this.#add(keyOf('rollout', rollout)),
      clock,
    });
    const createWriter = () =>
      new Writer({
        client,
        storeOf: resource => this.view.storeOf(resource),
        served: resource => this.view.served(resource),
        mayWrite: options.mayAct,
        onWrite: (verb, { kind }) => this.metrics.wrote(verb, kind),
        mirrorTimeoutMilliseconds: options.mirrorTimeoutMilliseconds,
      });
    const shared = {
      stores: this.view.stores,
      time: this.#time,
      routes: this.view.routes,
      createWriter,
      events: this.#events,
      clock,
      logger,
      isOurs: (object: KubeObject) => this.#isOurs(object),
    };
    this.#routingWrites = new RoutingWrites({
      clock,
      get: (resource, namespace, name) =>
        this.view.routes.get(resource, namespace, name),
    });
    this.#rollouts = new RolloutReconciler({
      ...shared,
      routingWrites: this.#routingWrites,
      plan: options.plan,
      stepPlugins: this.#stepPlugins,
      holds: options.holds,
    });
    this.#analyses = new AnalysisReconciler({
      ...shared,
      measurements: this.#measurements,
    });
    this.#experiments = new ExperimentReconciler(shared);
    this.#services = new ServiceReconciler(shared);
  }

  start() {
    this.#disconnect = connectTriggers(
      this.view,
      key => this.#add(key),
      (key, uid) => {
        this.#queue.forget(key);
        this.metrics.queue.forget(key);
        this.#failing.delete(key);
        this.#measurements.forget(uid);
        this.#stepPlugins.forget(uid);
        this.#routingWrites.forget(uid);
        this.#rollouts.forget(uid);
        this.#time.forget(uid);
        const { kind, ...object } = parseKey(key);
        this.metrics.forget(kind, object);
      },
      uid => this.#measurements.noteChange(uid),
    );
    this.view.start();
    this.#queue.start();
  }

  async stop(): Promise<void> {
    this.#disconnect();
    const { clock = systemClock } = this.#options;
    const cancel = clock.after(GRACE, () => this.#cut.abort());
    await this.#queue.stop();
    cancel();
    this.#measurements.stop();
    this.#stepPlugins.stop();
    const lost = await this.#events.close(EVENTS_GRACE);
    if (lost > 0) {
      this.#logger.warn(`${lost} Events were not written before the end`);
    }
    await this.view.stop();
  }

  #add(key: WorkKey) {
    this.metrics.queue.added(key);
    this.#queue.add(key);
  }

  /** Looks at everything again: after becoming able to act. */
  resync() {
    const { rollouts, analysisRuns, experiments, services } = this.view.stores;
    for (const rollout of rollouts.list()) {
      this.#add(keyOf('rollout', rollout));
    }
    for (const run of analysisRuns.list()) {
      this.#add(keyOf('analysis', run));
    }
    for (const experiment of experiments.list()) {
      this.#add(keyOf('experiment', experiment));
    }
    for (const service of services.list()) {
      if (managerOf(service)) this.#add(keyOf('service', service));
    }
  }

  /** Rollouts this controller is responsible for. */
  get rollouts(): Rollout[] {
    return this.view.stores.rollouts
      .list()
      .filter(rollout => this.#isOurs(rollout));
  }

  /** Keys whose last turn failed, with why. */
  get failing(): { key: string; message: string }[] {
    return [...this.#failing].map(([key, message]) => ({ key, message }));
  }

  #isOurs({ metadata }: KubeObject): boolean {
    return metadata.labels?.[INSTANCE_ID_LABEL] === this.#options.instanceId;
  }

  async #handle(key: string): Promise<WorkResult | void> {
    const { signal } = this.#cut;
    // Whoever becomes able to act looks at everything again.
    if (!this.#options.mayAct()) return undefined;
    const { kind, namespace, name } = parseKey(key);
    // The view may come back without any change: then this key is still due.
    if (!this.#isCurrentFor(key)) {
      this.#noteHindrance(key);
      return { wakeAfterMilliseconds: OUTDATED_PAUSE };
    }
    const reconciler = this.#reconcilerOf(kind);
    const { clock = systemClock } = this.#options;
    const begun = clock.monotonic();
    let failed = true;
    let result: WorkResult | void;
    try {
      result = await reconciler.reconcile(namespace, name, signal);
      failed = false;
    } finally {
      const seconds = (clock.monotonic() - begun) / 1_000;
      this.metrics.reconciled(kind, { namespace, name }, seconds, failed);
    }
    this.#failing.delete(key);
    return result;
  }

  #isCurrentFor(key: WorkKey): boolean {
    const { kind, namespace, name } = parseKey(key);
    if (kind === 'experiment') return this.view.experimentsAreCurrent;
    return this.view.isCurrentFor(
      kind === 'rollout'
        ? this.view.stores.rollouts.get(namespace, name)
        : undefined,
    );
  }

  /** Nothing is decided on it before somebody gives a right: that is said once. */
  #noteHindrance(key: WorkKey) {
    const { kind, namespace, name } = parseKey(key);
    if (kind !== 'rollout') return;
    const rollout = this.view.stores.rollouts.get(namespace, name);
    const message = rollout && this.view.hindranceOf(rollout);
    if (!message || this.#failing.get(key) === message) return;
    this.#failing.set(key, message);
    this.#logger.warn(message, { namespace, rollout: name });
  }

  #reconcilerOf(kind: WorkKind) {
    switch (kind) {
      case 'rollout':
        return this.#rollouts;
      case 'experiment':
        return this.#experiments;
      case 'service':
        return this.#services;
      default:
        return this.#analyses;
    }
  }

  #failed(
    key: string,
    error: unknown,
    {
      attempt,
      retryInMilliseconds,
    }: {
      attempt: number;
      retryInMilliseconds?: number;
    },
  ) {
    const { kind, namespace, name } = parseKey(key);
    this.metrics.queue.retried();
    const message = text(error);
    const fields = {
      namespace,
      [kind]: name,
      attempt,
      ...(retryInMilliseconds === undefined
        ? {}
        : { retryInMilliseconds: Math.round(retryInMilliseconds) }),
    };
    if (error instanceof ConflictError || error instanceof NotWritingError) {
      // Somebody was faster: the next turn decides on what is there now.
      this.#logger.debug(message, fields);
      return;
    }
    this.#failing.set(key, message);
    this.#logger.warn(message, fields);
  }
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
