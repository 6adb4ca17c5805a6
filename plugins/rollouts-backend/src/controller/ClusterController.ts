import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterView } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type {
  ControllerMode,
  DeliveryExtensions,
} from '@progressive-delivery/backstage-plugin-rollouts-node';
import {
  startDeliveryController,
  type DeliveryController,
  type HoldSource,
} from '@progressive-delivery/delivery';
import {
  LeaseObserver,
  observeArgoLease,
  type Clock,
  type KubeClient,
} from '@progressive-delivery/kube';
import type { MetricsConfig } from '../clusters/RolloutsConfig';
import { controllerView } from './controllerView';

/** The lease by which replicas of this backend agree on one. */
const OWN_LEASE = 'progressive-delivery-controller';

export interface ClusterControllerOptions {
  cluster: string;
  client: KubeClient;
  mode: ControllerMode;
  namespace?: string;
  metrics: MetricsConfig;
  extensions?: DeliveryExtensions;
  holds?: HoldSource;
  clock: Clock;
  logger: LoggerService;
  onChange: () => void;
}

/**
 * Who acts on a cluster's rollouts: the controller in this process, or Argo
 * Rollouts there. Several replicas of this backend agree by a lease in the
 * cluster, so that there is one writer.
 */
export class ClusterController {
  readonly #options: ClusterControllerOptions;
  readonly #argo?: LeaseObserver;
  /** Whether another replica acts while this one does not. */
  readonly #replicas?: LeaseObserver;
  #delivery?: DeliveryController;
  #starting?: Promise<void>;
  #stopped = false;
  #failure?: string;

  constructor(options: ClusterControllerOptions) {
    this.#options = options;
    if (options.mode !== 'argo') {
      this.#replicas = new LeaseObserver({
        client: options.client,
        namespace: options.namespace ?? 'default',
        clock: options.clock,
        matches: ({ metadata }) => metadata.name === OWN_LEASE,
        onChange: options.onChange,
        onError: error =>
          options.logger.debug(
            `Whether another replica acts on cluster ${options.cluster} is not known: ${error}`,
          ),
      });
    }
    if (options.mode !== 'embedded') {
      this.#argo = observeArgoLease({
        client: options.client,
        clock: options.clock,
        onChange: options.onChange,
        onError: error =>
          options.logger.debug(
            `The leases of cluster ${options.cluster} cannot be read: ${error}`,
          ),
      });
    }
  }

  get view(): ClusterView['controller'] {
    return controllerView({
      mode: this.#options.mode,
      argo: this.#argo?.state,
      argoHolder: this.#argo?.holder,
      leasesUnreadable: this.#argo?.forbidden ?? false,
      embedded: this.#delivery?.state(),
      replicas: this.#replicas?.state,
      failure: this.#failure,
    });
  }

  start(): void {
    this.#argo?.start();
    this.#replicas?.start();
    if (this.#options.mode !== 'argo') {
      this.#starting = this.#startDelivery();
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#starting;
    await Promise.allSettled([
      this.#argo?.stop(),
      this.#replicas?.stop(),
      this.#delivery?.stop(),
    ]);
  }

  async #startDelivery(): Promise<void> {
    const { client, namespace, clock, logger, metrics, mode, cluster, holds } =
      this.#options;
    const { prometheusAddress, ...egress } = metrics;
    const { providers, stepPlugins, routers } = this.#options.extensions ?? {};
    try {
      const delivery = await startDeliveryController({
        client,
        namespace,
        clock,
        logger: logger.child({ cluster, part: 'delivery-controller' }),
        egress,
        prometheusAddress,
        providers,
        stepPlugins,
        routers,
        holds,
        // Not to know whether Argo Rollouts is there is no leave to act.
        standAside:
          mode === 'auto' &&
          (() =>
            this.#argo?.state === 'fresh' || this.#argo?.state === 'observing'),
      });
      if (this.#stopped) {
        await delivery.stop();
      } else {
        this.#delivery = delivery;
      }
    } catch (error) {
      this.#failure = error instanceof Error ? error.message : String(error);
      logger.error(
        `The delivery controller of cluster ${cluster} did not start: ${this.#failure}`,
      );
    }
    this.#options.onChange();
  }
}
