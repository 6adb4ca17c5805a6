import { PatchType } from '../api/clusterApi';
import { createManualClock } from '../testing/manualClock';
import { createClusterStore } from './createClusterStore';

const CONFIG_MAPS = { group: '', resource: 'configmaps' };
const ROLLOUTS = { group: 'argoproj.io', resource: 'rollouts' };

describe('a patch', () => {
  it('of a custom object cannot be strategic: its schema has no merge keys', () => {
    const store = createClusterStore({ clock: createManualClock() });
    store.create(ROLLOUTS, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Rollout',
      metadata: { name: 'a', namespace: 'default' },
      spec: {},
    });

    expect(() =>
      store.patch(
        ROLLOUTS,
        'default',
        'a',
        { spec: { paused: true } },
        { type: 'strategic' },
      ),
    ).toThrow(expect.objectContaining({ code: 415 }));
  });

  it.each<[string, PatchType, unknown]>([
    ['no object', 'json', [{ op: 'replace', path: '', value: 5 }]],
    ['no metadata', 'json', [{ op: 'remove', path: '/metadata' }]],
    ['no metadata', 'merge', { metadata: 'none' }],
  ])('that leaves %s is refused (%s %j)', (_, type, patch) => {
    const store = createClusterStore({ clock: createManualClock() });
    const map = store.create(CONFIG_MAPS, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a', namespace: 'default' },
    });

    expect(() =>
      store.patch(CONFIG_MAPS, 'default', 'a', patch, { type }),
    ).toThrow(expect.objectContaining({ code: 400 }));
    expect(store.get(CONFIG_MAPS, 'default', 'a')).toEqual(map);
  });
});
