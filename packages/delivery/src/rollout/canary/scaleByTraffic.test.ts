import {
  paused,
  replicasOf,
  weightOf,
} from '../../simulate/testing/colorsScenario';
import { colors } from '../../simulate/testing/demo';

/** Stable follows its traffic, of which it gets none while a person decides. */
function everythingToTheCanary(replicas: number) {
  const rollout = colors();
  rollout.spec.replicas = replicas;
  Object.assign(rollout.spec.strategy?.canary ?? {}, {
    analysis: undefined,
    dynamicStableScale: true,
    steps: [{ setWeight: 100 }, { pause: {} }],
  });
  return paused(rollout);
}

describe('a stable to which nothing is routed', () => {
  it('keeps a pod as long as its service selects it', () => {
    const scenario = everythingToTheCanary(5);

    expect(weightOf(scenario)).toBe(100);
    expect(replicasOf(scenario, 'blue')).toBe(1);
  });

  it('keeps none of a rollout that is scaled to zero', () => {
    const scenario = everythingToTheCanary(5)
      .edit('scale to zero', ({ spec }) => {
        spec.replicas = 0;
      })
      .wait(30);

    expect(replicasOf(scenario, 'blue')).toBe(0);
  });
});
