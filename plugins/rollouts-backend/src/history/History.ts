import { randomUUID } from 'node:crypto';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  RevisionOutcome,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { pause, type Clock } from '@progressive-delivery/kube';
import type { Knex } from 'knex';
import type { Cluster } from '../clusters/Cluster';
import type { ActionRecord } from '../database/ActionRecord';
import type { RolloutViews } from '../view/RolloutViews';
import { rolloutKey } from '../entities/EntityIndex';
import type { HistoryConfig } from './HistoryConfig';
import { goneObservation } from './observe/goneObservation';
import { observe } from './observe/observe';
import type { Look } from './record/Buffer';
import { clusterAccount } from './record/clusterAccount';
import { ClusterGaps } from './record/ClusterGaps';
import { HistoryRecorder, streamOf } from './record/HistoryRecorder';
import { toActionData } from './record/toActionData';
import { removeOld } from './retention/removeOld';
import { HistoryStore } from './store/HistoryStore';
import { TemplateRecorder } from './templates/TemplateRecorder';
import { WATCH_MILLISECONDS, WatchRegister } from './store/WatchRegister';

export interface HistoryOptions {
  config: HistoryConfig;
  /** The plugin's database once it is open. */
  database: () => Knex | undefined;
  cluster: (name: string) => Cluster | undefined;
  clusters: () => Cluster[];
  /** The entities that a rollout, known as `cluster/namespace/name`, belongs to. */
  entityRefs: (
    key: string,
    cluster: string,
    rollout: Rollout,
  ) => readonly string[];
  /** Told, by `cluster/namespace/name`, when `outcomes` has news. */
  onOutcome?: (key: string) => void;
  clock: Clock;
  logger: LoggerService;
}

/** The history of all rollouts: what is seen and done goes in here. */
export class History {
  readonly recorder: HistoryRecorder;
  readonly #options: HistoryOptions;
  readonly #gaps = new ClusterGaps();
  /** By `cluster/namespace/name`, as the catalog had them last. */
  readonly #entityRefs = new Map<string, string>();
  readonly #swept = new Set<string>();
  readonly #templates?: TemplateRecorder;
  readonly #stopping = new AbortController();
  readonly #replica = randomUUID();
  #store?: HistoryStore;
  #register?: WatchRegister;
  #run?: { controller: AbortController; done: Promise<void> };

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.recorder = new HistoryRecorder({
      store: () => this.store,
      gapBefore: async cluster =>
        this.#watches()?.gapUntil(cluster, options.clock.now()),
      clock: options.clock,
      logger: options.logger,
      onOutcomes: stream => this.#tellOutcome(stream),
      onRecorded: (stream, facts) => this.#templates?.recorded(stream, facts),
    });
    this.#templates = options.config.templates
      ? new TemplateRecorder({
          recorder: this.recorder,
          store: () => this.store,
          cluster: options.cluster,
          clock: options.clock,
          logger: options.logger,
          signal: this.#stopping.signal,
        })
      : undefined;
  }

  /** Whether anything is recorded at all. */
  get enabled(): boolean {
    return this.#options.config.enabled;
  }

  /** Once the database is open. */
  get store(): HistoryStore | undefined {
    const knex = this.#options.database();
    if (!this.#store && knex) {
      this.#store = new HistoryStore(knex);
    }
    return this.#store;
  }

  /** How updates to a rollout's revisions ended, by pod hash. */
  outcomes(cluster: string, uid: string): ReadonlyMap<string, RevisionOutcome> {
    return this.recorder.outcomes(streamOf(cluster, uid));
  }

  /** Called for every change of a rollout and of what belongs to it. */
  rolloutChanged(name: string, rollout: Rollout, gone: boolean): void {
    const { uid, namespace } = rollout.metadata;
    if (uid === undefined || !this.enabled) {
      return;
    }
    const cluster = this.#options.cluster(name);
    const at = this.#options.clock.now();
    const stores = cluster?.mirror?.stores;
    this.recorder.look(streamOf(name, uid), name, {
      at,
      subject: rollout,
      gone,
      first: stores?.rollouts.synced !== true,
      gap: this.#gaps.gap(name, at),
      observe: (look, gap) => {
        const runOwners = [
          uid,
          ...(stores?.experiments.byIndex('owner', uid) ?? []).map(
            ({ metadata }) => metadata.uid ?? '',
          ),
        ];
        return observe({
          at,
          gap,
          gone: look.gone,
          cluster: name,
          rollout,
          entityRefs: this.#options.entityRefs(
            `${name}/${namespace ?? ''}/${rollout.metadata.name}`,
            name,
            rollout,
          ),
          replicaSets: stores?.replicaSets.byIndex('owner', uid) ?? [],
          analysisRuns: runOwners.flatMap(
            owner => stores?.analysisRuns.byIndex('owner', owner) ?? [],
          ),
          commitAnnotations: this.#options.config.commitAnnotations,
        });
      },
    });
  }

  /** The catalog has changed: rollouts may belong to others now. */
  entitiesChanged(
    views: Pick<RolloutViews, 'keys' | 'rollout' | 'index'>,
  ): void {
    for (const key of views.keys) {
      const refs = views.index.entityRefs(key).join();
      const rollout = views.rollout(key);
      if (rollout && this.#entityRefs.get(key) !== refs) {
        this.#entityRefs.set(key, refs);
        this.rolloutChanged(key.slice(0, key.indexOf('/')), rollout, false);
      }
    }
  }

  clusterChanged(name: string): void {
    const health = this.#options.cluster(name)?.health;
    if (health) {
      this.#gaps.changed(name, health, this.#options.clock.now());
    }
  }

  /** An action that has its outcome; the same one again changes nothing. */
  acted(record: ActionRecord): void {
    if (record.outcome && this.enabled) {
      const { cluster } = record.ref;
      this.recorder.deed(
        streamOf(cluster, record.uid),
        cluster,
        'action',
        record.id,
        record.startedAt,
        toActionData(record, this.#accountOf(cluster)),
      );
    }
  }

  #tellOutcome(stream: string): void {
    const { clusters, onOutcome } = this.#options;
    for (const { name, mirror } of clusters()) {
      const uid = stream.slice(name.length + 1);
      const [rollout] =
        stream === streamOf(name, uid)
          ? (mirror?.stores.rollouts.byIndex('uid', uid) ?? [])
          : [];
      if (rollout) {
        onOutcome?.(rolloutKey(name, rollout));
      }
    }
  }

  start(): void {
    if (!this.enabled) {
      return;
    }
    this.recorder.start();
    const controller = new AbortController();
    this.#run = { controller, done: this.#watch(controller.signal) };
  }

  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    this.#stopping.abort();
    run?.controller.abort();
    await run?.done;
    if (run) {
      await this.recorder.stop();
      await this.#say(true);
    }
  }

  /** Removes what is older than the operator wants to keep. */
  async removeOld(): Promise<void> {
    const { config, database, clock, logger } = this.#options;
    const knex = database();
    if (!knex) {
      throw new Error('the database has not been opened yet');
    }
    await this.#watches()?.tidy(clock.now());
    if (config.keepMilliseconds !== undefined) {
      const now = clock.now();
      const { releases, entries } = await removeOld(
        knex,
        now - config.keepMilliseconds,
        now,
      );
      logger.info(
        `Retention removed ${releases} releases with ${entries} entries from the history.`,
      );
    }
  }

  async #watch(signal: AbortSignal): Promise<void> {
    const { clock } = this.#options;
    while (!signal.aborted) {
      await this.#say(false);
      await pause(clock, WATCH_MILLISECONDS, signal);
    }
  }

  async #say(stopped: boolean): Promise<void> {
    const { clock, clusters, logger } = this.#options;
    const watched = clusters().filter(
      cluster =>
        cluster.mirror?.stores.rollouts.synced &&
        cluster.health.state !== 'stale',
    );
    try {
      if (!stopped) {
        await Promise.all(watched.map(cluster => this.#sweep(cluster)));
      }
      // The gap before has been looked up by now, for every swept cluster.
      await this.#watches()?.say(
        watched.map(({ name }) => name).filter(name => this.#swept.has(name)),
        clock.now(),
        stopped,
      );
    } catch (error) {
      logger.debug(`Who watches which cluster cannot be written: ${error}`);
    }
  }

  /** Ends, once after the start, what was deleted while nobody watched. */
  async #sweep({ name, mirror }: Cluster): Promise<void> {
    const { store } = this;
    if (!store || this.#swept.has(name) || !mirror) {
      return;
    }
    const gap = await this.recorder.gapOf(name);
    const present = await store.present(name);
    const at = this.#options.clock.now();
    for (const stream of present.keys()) {
      const uid = stream.slice(name.length + 1);
      if (mirror.stores.rollouts.byIndex('uid', uid).length === 0) {
        const look: Look = {
          at,
          subject: stream,
          gone: true,
          first: true,
          gap: gap ?? {
            to: new Date(at).toISOString(),
            cause: 'portal-down',
          },
          observe: (_, before) => goneObservation(name, uid, at, before),
        };
        this.recorder.look(stream, name, look);
      }
    }
    this.#swept.add(name);
  }

  #accountOf(name: string): string | undefined {
    const connection = this.#options.cluster(name)?.definition.connection;
    return connection && clusterAccount(connection);
  }

  #watches(): WatchRegister | undefined {
    const knex = this.#options.database();
    if (!this.#register && knex) {
      this.#register = new WatchRegister(knex, this.#replica);
    }
    return this.#register;
  }
}
