import type {
  ClusterView,
  Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type {
  ClusterDefinition,
  ControllerMode,
  DeliveryExtensions,
} from '@progressive-delivery/backstage-plugin-rollouts-node';
import type { Clock, KubeClient } from '@progressive-delivery/kube';
import type { FreezeHolds } from '../freezes/FreezeHolds';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { ClusterController } from '../controller/ClusterController';
import { ClusterMirror } from '../mirror/ClusterMirror';
import type { ClusterHealth } from '../mirror/clusterHealth';
import type { MetricsConfig } from './RolloutsConfig';
import { ClusterUnusableError, connectCluster } from './connectCluster';

export interface ClusterOptions {
  definition: ClusterDefinition;
  metrics: MetricsConfig;
  /** What modules have added to the delivery controller. */
  extensions?: DeliveryExtensions;
  /** What keeps rollouts from going on by themselves. */
  holds?: Pick<FreezeHolds, 'of'>;
  clock: Clock;
  logger: LoggerService;
  onRolloutChange: (cluster: string, rollout: Rollout, gone: boolean) => void;
  onHealthChange: (cluster: string) => void;
}

/**
 * One cluster: its mirror, and the controller if one is asked for. Whatever
 * goes wrong in here stays in here, and is told by `view`.
 */
export class Cluster {
  readonly definition: ClusterDefinition;
  readonly #options: ClusterOptions;
  #client?: KubeClient;
  #mirror?: ClusterMirror;
  #controller?: ClusterController;
  #unusable?: ClusterUnusableError;
  #version?: string;

  constructor(options: ClusterOptions) {
    this.definition = options.definition;
    this.#options = options;
  }

  get name(): string {
    return this.definition.name;
  }

  get mode(): ControllerMode {
    return this.definition.controller ?? 'argo';
  }

  get mirror(): ClusterMirror | undefined {
    return this.#mirror;
  }

  /** For actions and logs only. */
  get client(): KubeClient | undefined {
    return this.#client;
  }

  get unusable(): boolean {
    return this.#unusable !== undefined;
  }

  get acting(): ClusterView['controller']['acting'] {
    return this.#controller?.view.acting ?? 'none';
  }

  get health(): ClusterHealth {
    if (this.#unusable) {
      const { message, remedy } = this.#unusable;
      return { state: 'unreachable', message, remedy, missing: [] };
    }
    return this.#mirror?.health ?? { state: 'connecting', missing: [] };
  }

  get view(): ClusterView {
    return {
      name: this.name,
      title: this.definition.title,
      ...this.health,
      rollouts: this.#mirror?.stores.rollouts.size ?? 0,
      controller: this.#controller?.view ?? { mode: this.mode, acting: 'none' },
      version: this.#version || undefined,
    };
  }

  start(): void {
    const { definition, clock, logger } = this.#options;
    try {
      this.#client = connectCluster(definition);
      this.#unusable = undefined;
    } catch (error) {
      this.#unusable =
        error instanceof ClusterUnusableError
          ? error
          : new ClusterUnusableError(
              String(error),
              'Correct the configuration of this cluster.',
              { cause: error },
            );
      logger.warn(
        `Cluster ${this.name} is not usable: ${this.#unusable.message}`,
      );
      this.#options.onHealthChange(this.name);
      return;
    }
    this.#mirror = new ClusterMirror({
      client: this.#client,
      namespace: definition.namespace,
      clock,
      onSubscriberError: error =>
        logger.error(
          `A change in cluster ${this.name} was not handled: ${error}`,
        ),
      onRolloutChange: (rollout, gone) =>
        this.#options.onRolloutChange(this.name, rollout, gone),
      onHealthChange: () => {
        this.#readVersionOnce();
        this.#options.onHealthChange(this.name);
      },
    });
    this.#mirror.start();
    this.#controller = new ClusterController({
      cluster: this.name,
      client: this.#client,
      mode: this.mode,
      namespace: definition.namespace,
      metrics: this.#options.metrics,
      extensions: this.#options.extensions,
      holds: this.#options.holds?.of(this.name),
      clock,
      logger,
      onChange: () => this.#options.onHealthChange(this.name),
    });
    this.#controller.start();
  }

  async stop(): Promise<void> {
    await Promise.allSettled([this.#controller?.stop(), this.#mirror?.stop()]);
    this.#client?.close();
  }

  #readVersionOnce(): void {
    if (this.#version !== undefined || this.health.lastSeen === undefined) {
      return;
    }
    this.#version = '';
    this.#client?.version().then(
      ({ gitVersion }) => {
        this.#version = gitVersion;
        this.#options.onHealthChange(this.name);
      },
      error => {
        this.#version = undefined;
        this.#options.logger.debug(
          `The version of cluster ${this.name} is not known: ${error}`,
        );
      },
    );
  }
}
