import { NewObject } from '../api/clusterApi';
import { createManualClock } from '../testing/manualClock';
import { createClusterStore } from './createClusterStore';

const CONFIG_MAPS = { group: '', resource: 'configmaps' };
const NAMESPACES = { group: '', resource: 'namespaces' };

function clusterWith(namespace: string) {
  const store = createClusterStore({ clock: createManualClock() });
  store.create(NAMESPACES, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: namespace },
  });
  const create = (name: string) =>
    store.create(CONFIG_MAPS, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace },
    });
  return { store, create };
}

describe('a namespace that is being deleted', () => {
  it('takes nothing new, though what is in it can still be changed', () => {
    const { store, create } = clusterWith('leaving');
    create('old');
    store.delete(NAMESPACES, undefined, 'leaving');

    expect(() => create('new')).toThrow(
      expect.objectContaining({
        code: 403,
        message:
          'configmaps "new" is forbidden: unable to create new content in namespace leaving because it is being terminated',
        status: expect.objectContaining({
          details: expect.objectContaining({
            causes: [
              {
                reason: 'NamespaceTerminating',
                message: 'namespace leaving is being terminated',
                field: 'metadata.namespace',
              },
            ],
          }),
        }),
      }),
    );
    expect(
      store.patch(
        CONFIG_MAPS,
        'leaving',
        'old',
        { data: { x: '1' } },
        { type: 'merge' },
      ).data,
    ).toEqual({ x: '1' });
  });
});

describe('a new object', () => {
  const create = (metadata: NewObject['metadata']) =>
    createClusterStore({
      clock: createManualClock(),
      random: { uuid: () => 'new-uid', suffix: () => 'abcde' },
    }).create(CONFIG_MAPS, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'default', ...metadata },
    }).metadata;

  it('has what only the server decides, whatever was sent', () => {
    expect(
      create({
        name: 'a',
        uid: 'old-uid',
        deletionTimestamp: '2020-01-01T00:00:00Z',
        deletionGracePeriodSeconds: 30,
        creationTimestamp: '2020-01-01T00:00:00Z',
      }),
    ).toEqual({
      name: 'a',
      namespace: 'default',
      uid: 'new-uid',
      creationTimestamp: '2026-01-01T00:00:00Z',
      resourceVersion: expect.any(String),
    });
  });

  it('has a name of its own, or one made of generateName, of 63 characters at most', () => {
    expect(create({ name: 'a', generateName: 'b-' }).name).toBe('a');
    expect(create({ generateName: 'b-' }).name).toBe('b-abcde');
    expect(create({ generateName: 'b'.repeat(80) }).name).toBe(
      `${'b'.repeat(58)}abcde`,
    );
  });
});
