import { paused } from '../../simulate/testing/colorsScenario';
import { istioRouter } from '../../traffic/istio/istioRouter';
import { planRollout } from '../planRollout';

describe('a router that verifies weights', () => {
  const { cluster, now } = paused();
  const planWith = (answer: boolean | undefined) =>
    planRollout(cluster.snapshot(now), now, {
      routers: [{ ...istioRouter, verify: () => answer }],
    });

  it('is asked again until it says yes', () => {
    const plan = planWith(false);

    expect(plan.status.canary?.weights?.verified).toBe(false);
    expect(plan.wakeAt).toBeLessThanOrEqual(now + 10_000);
    expect(plan.reasons).toContain('weight 20 is not yet verified');
  });

  it('leaves it on record what it said, if it can tell', () => {
    expect(planWith(true).status.canary?.weights?.verified).toBe(true);
    expect(planWith(undefined).status.canary?.weights).not.toHaveProperty(
      'verified',
    );
  });
});
