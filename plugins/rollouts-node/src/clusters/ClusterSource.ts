import type { ClusterDefinition } from './ClusterDefinition';

/**
 * Where clusters are written down. Asked at start and again every minute; a
 * source that fails keeps the clusters it named before.
 * @public
 */
export interface ClusterSource {
  /** For messages: "the kubernetes configuration". */
  readonly title: string;
  list(): Promise<ClusterDefinition[]>;
}
