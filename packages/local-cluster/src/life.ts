export { startControllers } from './controllers/startControllers';
export type { ControllerContext } from './controllers/controller';
export { silentLog, type Log } from './controllers/queue/log';
export {
  startKubelet,
  NODE_NAME,
  type KubeletOptions,
} from './kubelet/kubelet';
export { startNode } from './kubelet/startNode';
export { planPod, type PodPlan, type PodWorld } from './kubelet/planPod';
export type { PodActions, PodSource } from './kubelet/podActions';
export { clusterPodActions } from './kubelet/clusterPodActions';
export { PodLogs, type LogLine, type PodLogOptions } from './kubelet/podLogs';
export { createManualClock, type ManualClock } from './testing/manualClock';
