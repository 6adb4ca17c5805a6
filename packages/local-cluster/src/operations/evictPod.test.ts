import { createManualClock } from '../testing/manualClock';
import { createClusterStore } from './createClusterStore';
import { disruptionsAllowed, evictPod } from './evictPod';

const PODS = { group: '', resource: 'pods' };
const BUDGETS = { group: 'policy', resource: 'poddisruptionbudgets' };
const labels = { app: 'a' };

/** Ready pods with these names, and a budget for all of them. */
function clusterWith(spec: object, ...names: string[]) {
  const store = createClusterStore({ clock: createManualClock() });
  for (const name of names) {
    store.create(PODS, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'default', labels },
      spec: { nodeName: 'node', containers: [{ name: 'c', image: 'i' }] },
    });
    store.patch(
      PODS,
      'default',
      name,
      { status: { conditions: [{ type: 'Ready', status: 'True' }] } },
      { type: 'merge', subresource: 'status' },
    );
  }
  const budget = store.create(BUDGETS, {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'b', namespace: 'default' },
    spec: { selector: { matchLabels: labels }, ...spec },
  });
  const evict = (name: string) => evictPod(store, 'default', name, {});
  return { store, budget, evict };
}

describe('evictPod', () => {
  it('lets as many go as the budget allows, those that are leaving counted', () => {
    const { evict, store } = clusterWith({ maxUnavailable: 1 }, 'a', 'b', 'c');

    evict('a');

    expect(store.get(PODS, 'default', 'a').metadata).toHaveProperty(
      'deletionTimestamp',
    );
    expect(() => evict('b')).toThrow('disruption budget');
  });

  it.each([
    [{ minAvailable: '50%' }, 1],
    [{ maxUnavailable: '50%' }, 2],
  ])('rounds a share of the pods up: %j of three', (spec, allowed) => {
    const { store, budget } = clusterWith(spec, 'a', 'b', 'c');

    expect(disruptionsAllowed(store, budget)).toBe(allowed);
  });
});
