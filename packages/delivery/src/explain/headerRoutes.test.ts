import type { CanaryStep } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { colors } from '../simulate/testing/demo';
import { explainRollout } from './explainRollout';
import { headerRoutes } from './headerRoutes';

const DEBUG: CanaryStep = {
  setHeaderRoute: {
    name: 'debug',
    match: [{ headerName: 'x-debug', headerValue: { exact: 'true' } }],
  },
};

function withSteps(steps: CanaryStep[]) {
  const rollout = colors();
  const canary = rollout.spec.strategy?.canary;
  return {
    ...rollout,
    spec: { ...rollout.spec, strategy: { canary: { ...canary, steps } } },
  };
}

describe('headerRoutes', () => {
  it('are those of the steps before, until they are taken away', () => {
    const rollout = withSteps([
      DEBUG,
      { pause: {} },
      { setHeaderRoute: { name: 'debug' } },
      { pause: {} },
    ]);

    expect(headerRoutes(rollout, 0)).toEqual([]);
    expect(headerRoutes(rollout, 1)).toEqual(['x-debug: true']);
    expect(headerRoutes(rollout, 3)).toEqual([]);
  });

  it('say who is sent to the new version while its weight is 0', () => {
    const rollout = withSteps([DEBUG, { pause: {} }, { setWeight: 20 }]);
    const { sentence } = explainRollout(
      {
        ...rollout,
        status: {
          observedGeneration: String(rollout.metadata.generation ?? ''),
          currentPodHash: 'green',
          stableRS: 'blue',
          currentStepIndex: 1,
        },
      },
      { stableImageTag: 'blue', canaryImageTag: 'green' },
    );

    expect(sentence).toBe(
      'Only requests with x-debug: true go to green. Waiting for someone to promote.',
    );
  });
});
