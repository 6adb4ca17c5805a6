/** The cluster behind a portal, whichever it is. */
export interface PortalCluster {
  /** Its name in the portal. */
  name: string;
  /** Who acts on rollouts in it. */
  controller: 'embedded' | 'auto';
  kubeconfig: string;
  context?: string;
  /** Present when the cluster is the local one. */
  dataPlane?: { gateway: string; prometheus: string };
  stop(): Promise<void>;
}
