import { releaseService } from '../rollout/services/releaseService';
import type { DeliveryLogger } from './logger';
import { managerOf } from './references';
import type { ClusterStores } from './clusterStores';
import type { Writer } from './writer';

export interface ServiceReconcilerOptions {
  stores: Pick<ClusterStores, 'services' | 'rollouts'>;
  createWriter: () => Writer;
  logger: DeliveryLogger;
}

/**
 * One turn at one service: while its rollout is there, that says what it
 * selects; once the rollout is gone, the service is let go.
 */
export class ServiceReconciler {
  readonly #options: ServiceReconcilerOptions;

  constructor(options: ServiceReconcilerOptions) {
    this.#options = options;
  }

  async reconcile(
    namespace: string,
    name: string,
    signal: AbortSignal,
  ): Promise<void> {
    const { stores, createWriter, logger } = this.#options;
    const service = stores.services.get(namespace, name);
    const manager = service && managerOf(service);
    if (!manager || service.metadata.deletionTimestamp) return;
    const [, rollout = ''] = manager.split('/');
    if (stores.rollouts.get(namespace, rollout)) return;
    const write = releaseService(service);
    const writer = createWriter();
    try {
      logger.info(write.reason, { namespace, rollout });
      await writer.apply(write, signal);
    } finally {
      await writer.settled();
    }
  }
}
