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

  it('is made anew while its ReplicaSet is being deleted', () => {
    const scenario = settled();
    const snapshot = scenario.cluster.snapshot(scenario.now);
    const [own] = snapshot.replicaSets;
    if (!own) throw new Error('no ReplicaSet');
    const leaving: ReplicaSet = {
      ...own,
      metadata: { ...own.metadata, deletionTimestamp: '2026-01-01T00:00:30Z' },
    };

    const { writes } = planRollout(
      { ...snapshot, replicaSets: [leaving] },
      scenario.now,
    );

    expect(writes.map(({ verb }) => verb)).toContain('create');
  });

  it('is not looked for among ReplicaSets without the hash of their pods', () => {
    const scenario = settled();
    const snapshot = scenario.cluster.snapshot(scenario.now);
    const [own] = snapshot.replicaSets;
    if (!own) throw new Error('no ReplicaSet');
    const foreign: ReplicaSet = {
      ...own,
      metadata: {
        name: 'by-hand',
        namespace: 'demo',
        uid: 'uid-by-hand',
        labels: { app: 'colors' },
      },
    };

    const { writes } = planRollout(
      { ...snapshot, replicaSets: [own, foreign] },
      scenario.now,
    );

    expect(writes).toEqual([]);
  });
});
