import { paused, replicasOf, weightOf } from './testing/colorsScenario';
import { colors } from './testing/demo';
import { expectGolden } from './testing/golden';

/** The demo's `colors`, whose stable pods go with their traffic. */
function dynamic() {
  const rollout = colors();
  const canary = rollout.spec.strategy?.canary;
  rollout.spec.strategy = {
    canary: { ...canary, analysis: undefined, dynamicStableScale: true },
  };
  return rollout;
}

describe('dynamicStableScale', () => {
  it('shrinks stable after its traffic, and grows it before an abort', () => {
    expect.hasAssertions();
    const scenario = paused(dynamic()).promote().wait(8).abort().wait(60);
    expectGolden('dynamic-stable-scale', scenario.log());
  });

  it('keeps as many stable pods as their traffic needs', () => {
    const scenario = paused(dynamic());
    expect(weightOf(scenario)).toBe(20);
    expect(replicasOf(scenario, 'blue')).toBe(4);
    expect(replicasOf(scenario, 'green')).toBe(1);
  });

  it('has no stable pods left when the canary has everything', () => {
    const scenario = paused(dynamic()).promote().wait(60);
    expect(scenario.status.phase).toBe('Healthy');
    expect(replicasOf(scenario, 'blue')).toBe(0);
    expect(replicasOf(scenario, 'green')).toBe(5);
  });

  it('gives a canary that is promoted fully what its pods can serve', () => {
    const scenario = paused(dynamic()).promoteFull().wait(60);
    expect(scenario.status.phase).toBe('Healthy');
    expect(replicasOf(scenario, 'blue')).toBe(0);
  });

  it('never has fewer available pods than replicas, also on the way back', () => {
    const scenario = paused(dynamic())
      .promote()
      .wait(12)
      .deploy('blue')
      .wait(60);
    for (const { snapshot } of scenario.turns.filter(
      each => each.at > scenario.now - 80_000,
    )) {
      const available = snapshot.replicaSets.reduce(
        (sum, each) =>
          sum +
          Math.min(
            each.status?.availableReplicas ?? 0,
            each.spec.replicas ?? 0,
          ),
        0,
      );
      expect(available).toBeGreaterThanOrEqual(5);
    }
    expect(scenario.status.phase).toBe('Healthy');
    expect(replicasOf(scenario, 'blue')).toBe(5);
    expect(replicasOf(scenario, 'green')).toBe(0);
  });

  it.each([
    ['stays whole beside a number of canary pods', { replicas: 2 }, 5],
    ['goes by the weight that the canary is scaled by', { weight: 40 }, 3],
    ['never has fewer pods than its traffic needs', { weight: 100 }, 2],
    [
      'goes by the traffic again when the canary does',
      { matchTrafficWeight: true },
      2,
    ],
  ])('%s', (_, setCanaryScale, stable) => {
    const rollout = dynamic();
    const canary = rollout.spec.strategy?.canary;
    if (canary)
      canary.steps = [{ setWeight: 60 }, { setCanaryScale }, { pause: {} }];
    const scenario = paused(rollout).wait(30);
    expect(weightOf(scenario)).toBe(60);
    expect(replicasOf(scenario, 'blue')).toBe(stable);
  });

  it.each([
    ['never below the minimum', true, 3],
    ['below the minimum, too, where stable stays as it is', false, 1],
  ])(
    'gives the canary as many pods as are asked for, %s',
    (_, follows, pods) => {
      const rollout = dynamic();
      const canary = rollout.spec.strategy?.canary;
      if (canary) {
        canary.dynamicStableScale = follows;
        canary.minPodsPerReplicaSet = 3;
        canary.steps = [{ setCanaryScale: { replicas: 1 } }, { pause: {} }];
      }
      const scenario = paused(rollout).wait(30);
      expect(replicasOf(scenario, 'green')).toBe(pods);
    },
  );

  it('waits with an aborted canary as long as it is told to', () => {
    const rollout = dynamic();
    const canary = rollout.spec.strategy?.canary;
    if (canary) canary.abortScaleDownDelaySeconds = 20;
    const scenario = paused(rollout).abort().wait(15);
    expect(replicasOf(scenario, 'green')).toBe(1);
    expect(weightOf(scenario)).toBe(0);
    expect(replicasOf(scenario.wait(15), 'green')).toBe(0);
  });
});
