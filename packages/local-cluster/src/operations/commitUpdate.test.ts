import { NewObject } from '../api/clusterApi';
import { createManualClock } from '../testing/manualClock';
import { bindPod } from './bindPod';
import { createClusterStore } from './createClusterStore';

const CONFIG_MAPS = { group: '', resource: 'configmaps' };
const PODS = { group: '', resource: 'pods' };

describe('an object that is being deleted', () => {
  function leaving() {
    const store = createClusterStore({ clock: createManualClock() });
    store.create(CONFIG_MAPS, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'a',
        namespace: 'default',
        finalizers: ['example.com/a', 'example.com/b'],
      },
    });
    store.delete(CONFIG_MAPS, 'default', 'a');
    return (metadata: object) =>
      store.patch(CONFIG_MAPS, 'default', 'a', { metadata }, { type: 'merge' });
  }

  it('takes no new finalizers', () => {
    const patch = leaving();

    expect(() =>
      patch({ finalizers: ['example.com/a', 'example.com/new'] }),
    ).toThrow(
      expect.objectContaining({
        code: 422,
        message:
          'ConfigMap "a" is invalid: metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"example.com/new"}',
      }),
    );
  });

  it('may lose some that it has, and change otherwise', () => {
    const { metadata } = leaving()({
      finalizers: ['example.com/b'],
      labels: { colour: 'blue' },
    });

    expect(metadata).toMatchObject({
      finalizers: ['example.com/b'],
      labels: { colour: 'blue' },
    });
  });
});

describe('the generation of a pod', () => {
  const pod: NewObject = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a', namespace: 'default' },
    spec: { containers: [{ name: 'c', image: 'demo/colors:blue' }] },
  };

  it('counts what its author changes, not to which node it is bound', () => {
    const { context, ...store } = createClusterStore({
      clock: createManualClock(),
    });
    store.create(PODS, pod);
    const target = {
      ...context.kinds.stored(PODS),
      namespace: 'default',
      name: 'a',
    };

    const bound = bindPod(context, target, 'node', {});
    const changed = store.patch(
      PODS,
      'default',
      'a',
      { spec: { activeDeadlineSeconds: 60 } },
      { type: 'merge' },
    );

    expect(bound).toMatchObject({
      metadata: { generation: 1 },
      spec: { nodeName: 'node' },
    });
    expect(changed.metadata.generation).toBe(2);
  });
});
