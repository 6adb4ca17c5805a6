import {
  POD_TEMPLATE_HASH_LABEL,
  type Rollout,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { paused } from '../../simulate/testing/colorsScenario';
import { colors } from '../../simulate/testing/demo';
import type { RolloutSnapshot } from '../snapshot';
import { planRollout } from '../planRollout';

/** The weight after a turn at the first pause, by default 20, once this has changed. */
function weightAfter(
  change: (snapshot: RolloutSnapshot) => void,
  rollout?: Rollout,
) {
  const { cluster, now } = paused(rollout);
  const snapshot = structuredClone(cluster.snapshot(now));
  change(snapshot);
  return planRollout(snapshot, now).status.canary?.weights?.canary.weight;
}

describe('the weight of a routed canary', () => {
  it('stays under spec.paused, also when somebody skips a step', () => {
    const skip = ({ rollout }: RolloutSnapshot) => {
      Object.assign(rollout.status ?? {}, {
        currentStepIndex: 2,
        controllerPause: undefined,
        pauseConditions: undefined,
      });
    };
    expect(
      weightAfter(snapshot => {
        skip(snapshot);
        snapshot.rollout.spec.paused = true;
      }),
    ).toBe(20);
  });

  it('is not given to a stable without pods, also when the canary has none', () => {
    expect(
      weightAfter(({ rollout, replicaSets }) => {
        Object.assign(rollout.status ?? {}, { abort: true });
        for (const { status } of replicaSets) {
          Object.assign(status ?? {}, { availableReplicas: 0 });
        }
      }),
    ).toBe(20);
  });

  it('is given to stable only as far as its pods can serve it, rounded in their favour', () => {
    const rollout = colors();
    rollout.spec.replicas = 3;
    Object.assign(rollout.spec.strategy?.canary ?? {}, {
      analysis: undefined,
      steps: [{ setWeight: 100 }, { pause: {} }],
    });

    expect(
      weightAfter(({ rollout: { status }, replicaSets }) => {
        Object.assign(status ?? {}, { abort: true });
        const stable = replicaSets.find(
          ({ metadata }) =>
            metadata.labels?.[POD_TEMPLATE_HASH_LABEL] === status?.stableRS,
        );
        Object.assign(stable?.status ?? {}, { availableReplicas: 1 });
      }, rollout),
    ).toBe(67);
  });
});
