import { GroupResource, NewObject, StoredObject } from '../api/clusterApi';
import { isReady } from '../controllers/objects/pod';
import { PODS } from '../controllers/objects/resources';
import { startControllers } from '../controllers/startControllers';
import { clusterPodActions } from '../kubelet/clusterPodActions';
import { startKubelet } from '../kubelet/kubelet';
import {
  ClusterStore,
  createClusterStore,
} from '../operations/createClusterStore';
import { createManualClock, ManualClock } from './manualClock';

/** A cluster with controllers and kubelet on a clock that the test moves. */
export interface LivingCluster {
  api: ClusterStore;
  clock: ManualClock;
  create(resource: GroupResource, object: NewObject): StoredObject;
  pods(labelSelector?: string): StoredObject[];
  readyPods(): StoredObject[];
  /** Throws if controllers or kubelet complained about anything. */
  stop(): void;
}

/** Pods take exactly one second to start. Everything is in namespace `default`. */
export function startLivingCluster(): LivingCluster {
  const clock = createManualClock();
  const api = createClusterStore({ clock });
  const warnings: string[] = [];
  const log = (message: string) => warnings.push(message);
  const stops = [
    startControllers({ api, kinds: api.context.kinds, clock, log }),
    startKubelet({
      source: {
        list: () => api.list(PODS),
        watch: onEvent => api.watch(PODS, onEvent),
      },
      actions: clusterPodActions(api),
      clock,
      log,
      random: () => 0,
      startDelayMs: { min: 1000, max: 1000 },
    }),
  ];
  const pods = (labelSelector?: string) =>
    api.list(PODS, { namespace: 'default', labelSelector });
  return {
    api,
    clock,
    create: (resource, object) =>
      api.create(resource, {
        ...object,
        metadata: { namespace: 'default', ...object.metadata },
      }),
    pods,
    readyPods: () => pods().filter(isReady),
    stop() {
      for (const stop of stops) stop();
      if (warnings.length > 0) throw new Error(warnings.join('\n'));
    },
  };
}

export const podTemplate = (
  image = 'demo/colors:blue',
  spec: Record<string, unknown> = {},
) => ({
  metadata: { labels: { app: 'colors' } },
  spec: { containers: [{ name: 'main', image }], ...spec },
});

export const replicaSet = (
  replicas: number,
  more: Record<string, unknown> = {},
): NewObject => ({
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  metadata: { name: 'colors' },
  spec: {
    replicas,
    selector: { matchLabels: { app: 'colors' } },
    template: podTemplate(),
    ...more,
  },
});
