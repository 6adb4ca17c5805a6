import { paused } from '../../simulate/testing/colorsScenario';
import type { RolloutSnapshot } from '../snapshot';
import { planRollout } from '../planRollout';

/** The weight after a turn at the first pause, 20, once this has changed. */
function weightAfter(change: (snapshot: RolloutSnapshot) => void) {
  const { cluster, now } = paused();
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
});
