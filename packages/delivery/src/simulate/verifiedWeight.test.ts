import { planRollout } from '../rollout/planRollout';
import { istioRouter } from '../traffic/istio/istioRouter';
import { settled } from './testing/colorsScenario';

describe('a weight that the load balancer can verify', () => {
  it.each([
    [true, 1],
    [false, 0],
  ])('is reached only when it is (%s)', (isVerified, index) => {
    const scenario = settled().deploy('green').wait(20);
    const reached = scenario.turns.find(
      ({ plan, snapshot }) =>
        snapshot.rollout.status?.currentStepIndex === 0 &&
        plan.status.currentStepIndex === 1,
    );
    if (!reached) throw new Error('the first step was never done');

    const { status } = planRollout(reached.snapshot, reached.at, {
      routers: [{ ...istioRouter, verify: () => isVerified }],
    });

    expect(status.currentStepIndex).toBe(index);
    expect(status.canary?.weights?.verified).toBe(isVerified);
  });
});
