import {
  createClusterStore,
  ClusterStore,
} from '../operations/createClusterStore';
import { startControllers } from '../controllers/startControllers';
import {
  PODS,
  REPLICA_SETS,
  SERVICES,
  ENDPOINT_SLICES,
} from '../controllers/objects/resources';
import { createManualClock, ManualClock } from '../testing/manualClock';
import { Log } from '../controllers/queue/log';
import { clusterPodActions } from './clusterPodActions';
import { startKubelet } from './kubelet';
import { isReady } from '../controllers/objects/pod';

describe('a ReplicaSet with a kubelet beside it', () => {
  let clock: ManualClock;
  let api: ClusterStore;
  let stops: (() => void)[];
  const warnings: string[] = [];
  const log: Log = message => warnings.push(message);

  beforeEach(() => {
    clock = createManualClock();
    api = createClusterStore({ clock });
    stops = [
      startControllers({ api, clock, log }),
      startKubelet({
        source: {
          list: () => api.list(PODS),
          watch: onEvent => api.watch(PODS, onEvent),
        },
        actions: clusterPodActions(api),
        clock,
        log,
        random: () => 0.5,
      }),
    ];
  });

  afterEach(() => {
    for (const stop of stops) stop();
    expect(warnings).toEqual([]);
  });

  it('makes pods that become ready and are the endpoints of the service', async () => {
    api.create(SERVICES, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'colors', namespace: 'default' },
      spec: { selector: { app: 'colors' }, ports: [{ port: 80 }] },
    });
    api.create(REPLICA_SETS, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'colors', namespace: 'default' },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'colors' } },
        template: {
          metadata: { labels: { app: 'colors' } },
          spec: { containers: [{ name: 'main', image: 'demo/colors:blue' }] },
        },
      },
    });
    await clock.advance(1400);
    expect(api.list(PODS).map(pod => pod.status.phase)).toEqual([
      'Pending',
      'Pending',
      'Pending',
    ]);
    await clock.advance(200);
    expect(api.list(PODS).every(isReady)).toBe(true);
    expect(api.get(REPLICA_SETS, 'default', 'colors').status).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
    });
    const [slice] = api.list(ENDPOINT_SLICES);
    expect(slice?.endpoints.map((e: any) => e.conditions.ready)).toEqual([
      true,
      true,
      true,
    ]);
  });
});
