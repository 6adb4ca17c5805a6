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

describe('an update', () => {
  function clusterWithMap() {
    const store = createClusterStore({ clock: createManualClock() });
    const map = store.create(CONFIG_MAPS, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'default' },
      data: { x: '1' },
    });
    const get = () => store.get(CONFIG_MAPS, 'default', 'a');
    return { store, map, get };
  }

  it('is of the object that it names by its uid, and of no namesake', () => {
    const { store, map } = clusterWithMap();

    expect(() =>
      store.update(CONFIG_MAPS, {
        ...map,
        metadata: { name: 'a', namespace: 'default', uid: 'other' },
      }),
    ).toThrow(expect.objectContaining({ code: 409 }));
  });

  it('shows in a dry run what it would do, and does nothing', () => {
    const { store, map, get } = clusterWithMap();
    const wanted = { ...map, data: { x: '2' } };

    const shown = store.update(CONFIG_MAPS, wanted, { dryRun: true });

    expect(shown.data).toEqual({ x: '2' });
    expect(get()).toEqual(map);
  });

  it('marks nothing as being deleted', () => {
    const { store, map, get } = clusterWithMap();

    store.update(CONFIG_MAPS, {
      ...map,
      metadata: {
        ...map.metadata,
        deletionTimestamp: '2020-01-01T00:00:00Z',
        deletionGracePeriodSeconds: 0,
      },
    });

    expect(get()).toEqual(map);
  });
});

describe('the generation of a custom object without a status subresource', () => {
  it('counts changes of its status, which is a field like others', () => {
    const store = createClusterStore({ clock: createManualClock() });
    const widgets = { group: 'example.com', resource: 'widgets' };
    store.create(
      {
        group: 'apiextensions.k8s.io',
        resource: 'customresourcedefinitions',
      },
      {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: 'widgets.example.com' },
        spec: {
          group: 'example.com',
          scope: 'Namespaced',
          names: { kind: 'Widget', plural: 'widgets' },
          versions: [
            {
              name: 'v1',
              served: true,
              storage: true,
              schema: {
                openAPIV3Schema: {
                  type: 'object',
                  'x-kubernetes-preserve-unknown-fields': true,
                },
              },
            },
          ],
        },
      },
    );
    store.create(widgets, {
      apiVersion: 'example.com/v1',
      kind: 'Widget',
      metadata: { name: 'w', namespace: 'default' },
    });
    const patch = (body: object) =>
      store.patch(widgets, 'default', 'w', body, { type: 'merge' }).metadata
        .generation;

    expect(patch({ metadata: { labels: { a: 'b' } } })).toBe(1);
    expect(patch({ status: { phase: 'Ready' } })).toBe(2);
  });
});
