import type { ReplicaSet } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { settled } from '../../simulate/testing/colorsScenario';
import { planRollout } from '../planRollout';

describe('the current revision', () => {
  it('is the stable one though an older ReplicaSet makes the same pods', () => {
    const scenario = settled();
    const snapshot = scenario.cluster.snapshot(scenario.now);
    const [own] = snapshot.replicaSets;
    if (!own) throw new Error('no ReplicaSet');
    const twin: ReplicaSet = {
      ...own,
      metadata: {
        ...own.metadata,
        name: 'colors-twin',
        uid: 'uid-twin',
        creationTimestamp: '2025-12-31T00:00:00Z',
        annotations: {},
        labels: {
          ...own.metadata.labels,
          'rollouts-pod-template-hash': 'twin',
        },
      },
      spec: { ...own.spec, replicas: 0 },
      status: { replicas: 0 },
    };

    const { status, writes } = planRollout(
      { ...snapshot, replicaSets: [twin, own] },
      scenario.now,
    );

    expect(status.currentPodHash).toBe(scenario.status.stableRS);
    expect(status.phase).toBe('Healthy');
    expect(writes).toEqual([]);
  });
});
