export * from './api/apiError';
export * from './api/clock';
export * from './api/clusterApi';
export {
  createClusterStore,
  type ClusterStore,
  type ClusterStoreOptions,
} from './operations/createClusterStore';
export * from './faults/faultHook';
export type { ClusterControls } from './controls';
export {
  startLocalCluster,
  type LocalCluster,
  type LocalClusterOptions,
} from './startLocalCluster';
export {
  startKubelet,
  NODE_NAME,
  type KubeletOptions,
} from './kubelet/kubelet';
export type { PodActions, PodSource } from './kubelet/podActions';
export type { ObjectSource } from './dataplane/objectSource';
