import type { ReplicaSet } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { Store } from '@progressive-delivery/kube';
import { planRollout } from '../rollout/planRollout';
import { SimulatedCluster } from '../simulate/simulatedCluster';
import { search, START } from '../simulate/testing/demo';
import { takenNames } from './takenNames';

/** What the planner creates when it sees these names held. */
function planWith(taken: string[]) {
  const cluster = new SimulatedCluster({
    rollout: search(),
    podLife: () => 1_000,
    analysisFate: () => undefined,
  });
  const snapshot = cluster.snapshot(START);
  // The analysis template is no matter here.
  const { canary } = snapshot.rollout.spec.strategy ?? {};
  if (canary) canary.steps = [{ setWeight: 20 }];
  snapshot.services = {
    search: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'search' },
      spec: {},
    },
  };
  const plan = planRollout({ ...snapshot, takenNames: taken }, START);
  const created = plan.writes.flatMap(write =>
    write.verb === 'create' && write.object.kind === 'ReplicaSet'
      ? [write.object as ReplicaSet]
      : [],
  );
  return { snapshot, plan, created };
}

describe('a name that a foreign ReplicaSet holds', () => {
  it('is left to it: the next name is taken, and counted', () => {
    const { snapshot, created: first } = planWith([]);
    const [held] = first;
    const store = new Store<ReplicaSet>();
    if (held) {
      store.put({
        ...held,
        metadata: {
          ...held.metadata,
          uid: 'foreign',
          resourceVersion: '1',
          ownerReferences: [
            {
              apiVersion: 'apps/v1',
              kind: 'Deployment',
              name: 'other',
              uid: 'other',
              controller: true,
            },
          ],
        },
      });
    }

    const taken = takenNames(snapshot, store);
    const { plan, created } = planWith(taken);

    expect(taken).toEqual([held?.metadata.name]);
    expect(created).toHaveLength(1);
    expect(created[0]?.metadata.name).not.toBe(held?.metadata.name);
    expect(plan.status.collisionCount).toBe(1);
  });
});
