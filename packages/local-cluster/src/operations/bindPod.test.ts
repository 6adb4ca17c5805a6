import { createManualClock } from '../testing/manualClock';
import { bindPod } from './bindPod';
import { createClusterStore } from './createClusterStore';

const PODS = { group: '', resource: 'pods' };

function clusterWithPod() {
  const { context, ...store } = createClusterStore({
    clock: createManualClock(Date.UTC(2026, 0, 1)),
  });
  store.create(PODS, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', namespace: 'default' },
    spec: { containers: [{ name: 'c', image: 'demo/colors:blue' }] },
  });
  const target = {
    ...context.kinds.stored(PODS),
    namespace: 'default',
    name: 'a',
  };
  const bind = (nodeName: unknown) => bindPod(context, target, nodeName, {});
  return { store, bind };
}

describe('bindPod', () => {
  it('names the node, and says once that the pod is scheduled', () => {
    const { store, bind } = clusterWithPod();
    const unschedulable = { type: 'PodScheduled', status: 'False' };
    store.patch(
      PODS,
      'default',
      'a',
      {
        status: {
          conditions: [{ type: 'Ready', status: 'False' }, unschedulable],
        },
      },
      { type: 'merge', subresource: 'status' },
    );

    const { spec, status } = bind('node');

    expect(spec.nodeName).toBe('node');
    expect(status.conditions).toEqual([
      { type: 'Ready', status: 'False' },
      {
        type: 'PodScheduled',
        status: 'True',
        lastTransitionTime: '2026-01-01T00:00:00Z',
      },
    ]);
  });

  it('moves no pod that has a node', () => {
    const { store, bind } = clusterWithPod();
    bind('node');

    expect(() => bind('another')).toThrow(
      expect.objectContaining({
        code: 409,
        message: expect.stringContaining('is already assigned to node "node"'),
      }),
    );
    expect(store.get(PODS, 'default', 'a').spec.nodeName).toBe('node');
  });

  it.each([undefined, ''])('refuses to bind to %j', nodeName => {
    expect(() => clusterWithPod().bind(nodeName)).toThrow(
      expect.objectContaining({ code: 400 }),
    );
  });
});
