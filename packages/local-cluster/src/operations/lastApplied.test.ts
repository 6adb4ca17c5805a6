import { createManualClock } from '../testing/manualClock';
import { createClusterStore } from './createClusterStore';
import { LAST_APPLIED } from './lastApplied';

const CONFIG_MAPS = { group: '', resource: 'configmaps' };

const configMap = (data: Record<string, string>, annotations?: object) => ({
  kind: 'ConfigMap',
  apiVersion: 'v1',
  metadata: {
    name: 'a',
    namespace: 'default',
    ...(annotations && { annotations }),
  },
  data,
});

describe('the annotation of client-side apply', () => {
  function applied(fieldManager: string, annotations?: object) {
    const store = createClusterStore({ clock: createManualClock() });
    store.create(CONFIG_MAPS, configMap({ x: '1' }, annotations) as never, {
      fieldManager: 'kubectl-client-side-apply',
    });
    return store.patch(CONFIG_MAPS, 'default', 'a', configMap({ x: '2' }), {
      type: 'apply',
      fieldManager,
      force: true,
    }).metadata.annotations?.[LAST_APPLIED];
  }

  it('follows what kubectl applies from the server’s side', () => {
    expect(applied('kubectl', { [LAST_APPLIED]: '{}' })).toBe(
      '{"apiVersion":"v1","data":{"x":"2"},"kind":"ConfigMap","metadata":{"name":"a","namespace":"default"}}\n',
    );
  });

  it('is left alone when somebody else applies', () => {
    expect(applied('other', { [LAST_APPLIED]: '{}' })).toBe('{}');
  });

  it('is not invented', () => {
    expect(applied('kubectl')).toBeUndefined();
  });
});
