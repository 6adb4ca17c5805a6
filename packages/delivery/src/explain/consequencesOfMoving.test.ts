import type { RolloutSpec } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { colors } from '../simulate/testing/demo';
import { consequencesOfMoving } from './consequencesOfMoving';

describe('what follows', () => {
  const names = { stable: 'blue', canary: 'green' };
  const whenMoved = (change: Partial<RolloutSpec>) => {
    const rollout = colors();
    return consequencesOfMoving(
      { ...rollout, spec: { ...rollout.spec, ...change } },
      names,
    );
  };

  // Whoever may write a Rollout must not take the portal down with it.
  it.each<[string, Partial<RolloutSpec>]>([
    ['spec.replicas', { replicas: 100_000_000 }],
    [
      'spec.strategy.canary.steps[0].setCanaryScale.replicas',
      {
        strategy: {
          canary: { steps: [{ setCanaryScale: { replicas: 100_000_000 } }] },
        },
      },
    ],
    [
      'spec.strategy.blueGreen.previewReplicaCount',
      {
        strategy: {
          blueGreen: { activeService: 'a', previewReplicaCount: 100_000_000 },
        },
      },
    ],
  ])('is not computed with 100 000 000 pods of %s', (field, change) => {
    expect(whenMoved(change)).toEqual([
      `What follows is not computed: ${field} asks for 100000000 pods.`,
    ]);
  });

  it('is computed with some thousands', () => {
    expect(whenMoved({ replicas: 5_000 }).join()).not.toContain('not computed');
  });
});
