import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { ClusterSource } from './ClusterSource';

/** @public */
export interface ClusterSourcesExtensionPoint {
  /** Adds a source. Where two name the same cluster, the configuration wins. */
  addClusterSource(source: ClusterSource): void;
}

/**
 * For modules that know clusters which no configuration names.
 * @public
 */
export const clusterSourcesExtensionPoint =
  createExtensionPoint<ClusterSourcesExtensionPoint>({
    id: 'rollouts.cluster-sources',
  });
