import { StoredObject } from '../api/clusterApi';
import { isReady } from '../controllers/objects/pod';
import { PODS } from '../controllers/objects/resources';
import {
  ClusterStore,
  createClusterStore,
} from '../operations/createClusterStore';
import { createManualClock, ManualClock } from '../testing/manualClock';
import { clusterPodActions } from './clusterPodActions';
import { startKubelet } from './kubelet';
import { PodActions } from './podActions';
import { PodLogs } from './podLogs';

describe('the kubelet', () => {
  let clock: ManualClock;
  let api: ClusterStore;
  let logs: PodLogs;
  let stop: () => void;

  function start(actions: PodActions = clusterPodActions(api)): void {
    stop = startKubelet({
      source: {
        list: () => api.list(PODS),
        watch: onEvent => api.watch(PODS, onEvent),
      },
      actions,
      clock,
      log: () => {},
      random: () => 0.5,
      logs,
    });
  }
  const create = (name: string): StoredObject =>
    api.create(PODS, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default' },
      spec: { containers: [{ name: 'main', image: 'demo/colors:blue' }] },
    });
  const find = (name: string) => api.find(PODS, 'default', name);

  beforeEach(() => {
    clock = createManualClock();
    api = createClusterStore({ clock });
    logs = new PodLogs(clock);
  });
  afterEach(() => stop());

  it('brings a pod to life, with an address of its own', async () => {
    start();
    create('one');
    create('two');

    await clock.advance(1600);

    expect([find('one')!, find('two')!].every(isReady)).toBe(true);
    expect(find('one')!.status.podIP).not.toBe(find('two')!.status.podIP);
    const { uid } = find('one')!.metadata;
    expect(logs.read(uid).map(line => line.text)).toEqual([
      'started demo/colors:blue',
    ]);
  });

  it('writes nothing once a pod rests', async () => {
    start();
    create('one');
    await clock.advance(5000);
    const before = find('one')!.metadata.resourceVersion;

    await clock.advance(3_600_000);

    expect(find('one')!.metadata.resourceVersion).toBe(before);
  });

  it('ends a pod gracefully, and never its namesake', async () => {
    start();
    const first = create('one');
    await clock.advance(5000);
    api.delete(PODS, 'default', 'one');
    await clock.advance(400);
    expect(find('one')!.metadata.deletionTimestamp).toBeDefined();
    await clock.advance(200);
    expect(find('one')).toBeUndefined();

    const second = create('one');
    await clock.advance(60_000);

    expect(second.metadata.uid).not.toBe(first.metadata.uid);
    expect(isReady(find('one')!)).toBe(true);
  });

  it('writes over a slow connection one at a time, and again after a failure', async () => {
    const direct = clusterPodActions(api);
    let underWay = 0;
    let calls = 0;
    const remote = async (act: () => unknown) => {
      underWay++;
      expect(underWay).toBe(1);
      await new Promise<void>(resolve => {
        clock.after(300, resolve);
      });
      underWay--;
      if (++calls % 2 === 1) throw new Error('connection reset');
      act();
    };
    start({
      bind: (pod, node) => remote(() => direct.bind(pod, node)),
      patchStatus: (pod, status) =>
        remote(() => direct.patchStatus(pod, status)),
      remove: pod => remote(() => direct.remove(pod)),
    });
    create('one');

    await clock.advance(20_000);
    expect(isReady(find('one')!)).toBe(true);
    api.delete(PODS, 'default', 'one');
    await clock.advance(20_000);

    expect(find('one')).toBeUndefined();
  });
});
