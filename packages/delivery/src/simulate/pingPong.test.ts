import { replicasOf, settled, weightOf } from './testing/colorsScenario';
import { colors } from './testing/demo';
import { expectGolden } from './testing/golden';

describe('ping-pong', () => {
  /** The same with services that take turns. */
  function pingPong() {
    const rollout = colors();
    const canary = rollout.spec.strategy?.canary;
    rollout.spec.strategy = {
      canary: {
        ...canary,
        analysis: undefined,
        canaryService: undefined,
        stableService: undefined,
        pingPong: {
          pingService: 'colors-canary',
          pongService: 'colors-stable',
        },
      },
    };
    return rollout;
  }
  const selected = (scenario: ReturnType<typeof settled>) =>
    Object.fromEntries(
      [...scenario.cluster.services.values()].map(({ metadata, spec }) => [
        metadata.name,
        spec.selector?.['rollouts-pod-template-hash'],
      ]),
    );

  it('begins with ping, and switches no service when a canary becomes stable', () => {
    const scenario = settled(pingPong());
    expect(scenario.status.canary?.stablePingPong).toBe('ping');
    const blue = scenario.status.stableRS;
    expect(selected(scenario)['colors-canary']).toBe(blue);

    scenario.deploy('green').wait(20);
    const green = scenario.status.currentPodHash;
    expect(selected(scenario)).toEqual({
      'colors-canary': blue,
      'colors-stable': green,
    });
    expect(weightOf(scenario)).toBe(20);

    scenario.promote().wait(50);
    expect(scenario.status.canary?.stablePingPong).toBe('pong');
    expect(selected(scenario)).toEqual({
      'colors-canary': blue,
      'colors-stable': green,
    });
    expect(replicasOf(scenario.wait(60), 'blue')).toBe(0);
    expectGolden('ping-pong', scenario.log());
  });

  it('gives everything back on abort', () => {
    const scenario = settled(pingPong())
      .deploy('green')
      .wait(20)
      .abort()
      .wait(60);
    expect(scenario.status.canary?.stablePingPong).toBe('ping');
    expect(weightOf(scenario)).toBe(0);
    expect(replicasOf(scenario, 'green')).toBe(0);
    expect(replicasOf(scenario, 'blue')).toBe(5);
  });
});
