import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { paused } from '../../simulate/testing/colorsScenario';
import { planRollout } from '../planRollout';

/** Whom the service of stable is pointed at, when it selects all pods and this many of stable's are available. */
function pointedAt(available: number, replicas: number = 5) {
  const { cluster, now, status } = paused();
  const snapshot = structuredClone(cluster.snapshot(now));
  snapshot.rollout.spec.replicas = replicas;
  delete snapshot.services['colors-stable']?.spec.selector?.[
    POD_TEMPLATE_HASH_LABEL
  ];
  for (const { metadata, status: counts } of snapshot.replicaSets) {
    if (metadata.labels?.[POD_TEMPLATE_HASH_LABEL] !== status.stableRS)
      continue;
    Object.assign(counts ?? {}, { availableReplicas: available });
  }
  const write = planRollout(snapshot, now).writes.find(
    each => each.verb === 'patch' && each.name === 'colors-stable',
  );
  const { patch } = (write ?? {}) as {
    patch?: { spec: { selector: Record<string, string> } };
  };
  const hash = patch?.spec.selector[POD_TEMPLATE_HASH_LABEL];
  return hash === status.stableRS ? 'stable' : hash;
}

describe('the service of stable', () => {
  it('comes to select stable that has a pod for it', () => {
    expect(pointedAt(1)).toBe('stable');
  });

  it('is left as it is while stable has none', () => {
    expect(pointedAt(0)).toBeUndefined();
  });

  it('comes to select stable of a rollout that has no pods at all', () => {
    expect(pointedAt(0, 0)).toBe('stable');
  });
});
