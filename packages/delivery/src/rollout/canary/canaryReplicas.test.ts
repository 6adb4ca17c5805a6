import { paused, replicasOf } from '../../simulate/testing/colorsScenario';
import { colors } from '../../simulate/testing/demo';
import type { CanaryStrategy } from '@progressive-delivery/backstage-plugin-rollouts-common';

/** Pods of a routed canary that waits at a weight. */
function podsAt(
  setWeight: number,
  replicas: number,
  more: Partial<CanaryStrategy> = {},
) {
  const rollout = colors();
  rollout.spec.replicas = replicas;
  Object.assign(rollout.spec.strategy?.canary ?? {}, {
    steps: [{ setWeight }, { pause: {} }],
    ...more,
  });
  return replicasOf(paused(rollout), 'green');
}

describe('the pods of a routed canary', () => {
  it('are its share of the replicas, rounded up', () => {
    expect(podsAt(30, 5)).toBe(2);
  });

  it('are no fewer than minPodsPerReplicaSet', () => {
    expect(podsAt(20, 5, { minPodsPerReplicaSet: 2 })).toBe(2);
  });

  it('are no more than the replicas, whatever the minimum is', () => {
    expect(podsAt(20, 1, { minPodsPerReplicaSet: 2 })).toBe(1);
  });
});
