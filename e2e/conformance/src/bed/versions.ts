/** What the bed is made of. A change here builds it anew. */
export const VERSIONS = {
  argoRollouts: 'v1.9.1',
  kubernetes: 'v1.34.1',
  etcd: 'v3.6.16',
  /** Clients beside the control plane's own kubectl, on demand. */
  kubectl: ['v1.32.3', 'v1.33.13'],
} as const;
