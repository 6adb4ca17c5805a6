import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterDefinition,
  ClusterSource,
} from '@progressive-delivery/backstage-plugin-rollouts-node';
import { pause, type Clock } from '@progressive-delivery/kube';
import { answerInTime } from '../limits/answerInTime';
import { Cluster, type ClusterOptions } from './Cluster';
import type { RolloutsConfig } from './RolloutsConfig';

export interface FleetOptions extends Omit<
  ClusterOptions,
  'definition' | 'metrics'
> {
  config: RolloutsConfig;
  /** What configuration names for good. */
  configured: ClusterDefinition[];
  /** Asked again and again. */
  sources: ClusterSource[];
  clock: Clock;
  logger: LoggerService;
  /** Between two looks at the sources; default 60 s. */
  intervalMilliseconds?: number;
  onRemoved: (cluster: Cluster) => void;
}

/** All clusters. They know nothing of each other. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #clusters = new Map<string, Cluster>();
  readonly #lastListed = new Map<ClusterSource, ClusterDefinition[]>();
  #run?: { controller: AbortController; done: Promise<void> };

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  get clusters(): Cluster[] {
    return [...this.#clusters.values()];
  }

  get(name: string): Cluster | undefined {
    return this.#clusters.get(name);
  }

  start(): void {
    this.#apply(this.#options.configured);
    const controller = new AbortController();
    this.#run = { controller, done: this.#loop(controller.signal) };
  }

  async stop(): Promise<void> {
    const run = this.#run;
    this.#run = undefined;
    run?.controller.abort();
    await run?.done;
    await Promise.all(this.clusters.map(cluster => cluster.stop()));
    this.#clusters.clear();
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const { clock, sources, intervalMilliseconds = 60_000 } = this.#options;
    while (!signal.aborted) {
      await Promise.all(sources.map(source => this.#list(source)));
      if (!signal.aborted) {
        this.#apply([
          ...this.#options.configured,
          ...sources.flatMap(source => this.#lastListed.get(source) ?? []),
        ]);
        await pause(clock, intervalMilliseconds, signal);
      }
    }
  }

  async #list(source: ClusterSource): Promise<void> {
    try {
      const listed = await answerInTime(source.title, this.#options.clock, () =>
        source.list(),
      );
      this.#lastListed.set(source, listed);
    } catch (error) {
      this.#options.logger.warn(
        `The clusters known so far stay, because ${source.title} cannot be read: ${error}`,
      );
    }
  }

  /** Makes the clusters be those; the first definition of a name wins. */
  #apply(definitions: ClusterDefinition[]): void {
    const wanted = new Map<string, ClusterDefinition>();
    for (const definition of definitions) {
      if (!wanted.has(definition.name)) {
        const override = this.#options.config.overrides.get(definition.name);
        wanted.set(definition.name, {
          ...definition,
          title: override?.title ?? definition.title,
          controller: override?.controller ?? definition.controller,
        });
      }
    }
    for (const [name, cluster] of this.#clusters) {
      const definition = wanted.get(name);
      const same =
        definition !== undefined &&
        JSON.stringify(definition) === JSON.stringify(cluster.definition);
      // One that could not be used is tried again: its kubeconfig may be there now.
      if (!same || cluster.unusable) {
        this.#clusters.delete(name);
        this.#options.onRemoved(cluster);
        void cluster.stop();
      }
    }
    for (const [name, definition] of wanted) {
      if (!this.#clusters.has(name)) {
        const cluster = new Cluster({
          ...this.#options,
          definition,
          metrics: this.#options.config.metrics,
        });
        this.#clusters.set(name, cluster);
        cluster.start();
      }
    }
  }
}
