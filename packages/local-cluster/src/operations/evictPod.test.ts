import { createManualClock } from '../testing/manualClock';
import { createClusterStore } from './createClusterStore';
import { evictPod } from './evictPod';

const PODS = { group: '', resource: 'pods' };
const BUDGETS = { group: 'policy', resource: 'poddisruptionbudgets' };
const labels = { app: 'a' };
const REFUSED = 'disruption budget';

/** Pods `a`, `b`, `c` that run and are ready, and a budget for all of them. */
function clusterWith(spec: object) {
  const store = createClusterStore({ clock: createManualClock() });
  const change = (name: string, phase: string, ready: 'True' | 'False') =>
    store.patch(
      PODS,
      'default',
      name,
      { status: { phase, conditions: [{ type: 'Ready', status: ready }] } },
      { type: 'merge', subresource: 'status' },
    );
  for (const name of ['a', 'b', 'c']) {
    store.create(PODS, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels },
      spec: { nodeName: 'node', containers: [{ name: 'c', image: 'i' }] },
    });
    change(name, 'Running', 'True');
  }
  const addBudget = (name: string) =>
    store.create(BUDGETS, {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name, namespace: 'default' },
      spec: { selector: { matchLabels: labels }, ...spec },
    });
  addBudget('budget');
  const evict = (name: string) => evictPod(store, 'default', name, {});
  const isLeaving = (name: string) =>
    store.find(PODS, 'default', name)?.metadata.deletionTimestamp !== undefined;
  return { store, addBudget, evict, change, isLeaving };
}

describe('evictPod', () => {
  it('lets as many go as the budget allows, those that are leaving counted', () => {
    const { evict, isLeaving } = clusterWith({ maxUnavailable: 1 });

    evict('a');

    expect(isLeaving('a')).toBe(true);
    expect(() => evict('b')).toThrow(
      expect.objectContaining({
        code: 429,
        message: expect.stringContaining(REFUSED),
      }),
    );
    expect(isLeaving('b')).toBe(false);
  });

  it.each([
    [{ minAvailable: '50%' }, 1],
    [{ maxUnavailable: '50%' }, 2],
  ])('rounds a share of the pods up: %j lets %i of three go', (spec, go) => {
    const { evict } = clusterWith(spec);
    const evictions = ['a', 'b', 'c'].map(name => () => evict(name));

    evictions.slice(0, go).forEach(next => next());

    expect(evictions[go]).toThrow(REFUSED);
  });

  it.each(['Pending', 'Succeeded', 'Failed'])(
    'costs no budget for a pod that is %s',
    phase => {
      const { evict, change } = clusterWith({ minAvailable: 3 });
      change('a', phase, 'False');

      expect(() => evict('a')).not.toThrow();
    },
  );

  it('costs no budget for a pod that is leaving already', () => {
    const { evict, store } = clusterWith({ minAvailable: 3 });
    store.delete(PODS, 'default', 'a');

    expect(() => evict('a')).not.toThrow();
  });

  it('lets a pod go that is not ready while as many are as have to be', () => {
    const { evict, change } = clusterWith({ minAvailable: 2 });
    change('a', 'Running', 'False');

    expect(() => evict('b')).toThrow(REFUSED);
    expect(() => evict('a')).not.toThrow();
  });

  it('keeps a pod that is not ready while too few are', () => {
    const { evict, change } = clusterWith({ minAvailable: 3 });
    change('a', 'Running', 'False');

    expect(() => evict('a')).toThrow(REFUSED);
  });

  it('keeps a pod that is not ready where none has to be, and none is', () => {
    const { evict, change } = clusterWith({ minAvailable: 0 });
    for (const name of ['a', 'b', 'c']) change(name, 'Running', 'False');

    expect(() => evict('a')).toThrow(REFUSED);
  });

  it('lets it go all the same under unhealthyPodEvictionPolicy AlwaysAllow', () => {
    const { evict, change } = clusterWith({
      minAvailable: 3,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
    change('a', 'Running', 'False');

    expect(() => evict('b')).toThrow(REFUSED);
    expect(() => evict('a')).not.toThrow();
  });

  it('refuses to judge by two budgets', () => {
    const { evict, addBudget } = clusterWith({ minAvailable: 0 });
    addBudget('another');

    expect(() => evict('a')).toThrow(
      expect.objectContaining({
        code: 500,
        message: expect.stringContaining('more than one PodDisruptionBudget'),
      }),
    );
  });
});
