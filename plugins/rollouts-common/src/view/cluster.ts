/** A cluster as the portal sees it. @public */
export interface ClusterView {
  name: string;
  title?: string;
  state:
    | 'connecting'
    | 'ready'
    | 'partial'
    | 'stale'
    | 'unreachable'
    | 'no-rollouts';
  /** What is wrong and what to do, when `state` is not `ready`. */
  message?: string;
  remedy?: string;
  /** Kinds that may not be read. */
  missing: string[];
  /** When the cluster was last heard from. */
  lastSeen?: string;
  rollouts: number;
  controller: {
    mode: 'embedded' | 'argo' | 'auto';
    /** Who acts now. */
    acting: 'embedded' | 'argo' | 'none';
    message?: string;
  };
  /** Kubernetes' own version, when known. */
  version?: string;
}
