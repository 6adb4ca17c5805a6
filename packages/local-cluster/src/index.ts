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
export { type Log } from './life';
export { startControllers } from './controllers/startControllers';
export { startDataPlane } from './dataplane/startDataPlane';
export type { DataPlane, DataPlaneOptions } from './dataplane/startDataPlane';
export type { ObjectSource } from './dataplane/objectSource';
export { LOAD_ANNOTATION } from './dataplane/load/startLoad';
export {
  NODE_NAME,
  startKubelet,
  type KubeletOptions,
} from './kubelet/kubelet';
export { planPod, type PodPlan, type PodWorld } from './kubelet/planPod';
export type { PodActions, PodSource } from './kubelet/podActions';
export { PodLogs, type LogLine, type PodLogOptions } from './kubelet/podLogs';
