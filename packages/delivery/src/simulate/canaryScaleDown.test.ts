import { paused, replicasOf, settled } from './testing/colorsScenario';
import { colors } from './testing/demo';
import { Scenario } from './testing/scenario';

describe('what goes after a canary', () => {
  it('is a superseded canary without available pods at once', () => {
    const scenario = new Scenario({
      rollout: colors(),
      podLife: ({ spec }) =>
        spec.template.spec.containers[0]?.image?.endsWith(':broken')
          ? undefined
          : 3_000,
    })
      .wait(30)
      .deploy('broken')
      .wait(10)
      .deploy('green')
      .wait(5);

    expect(replicasOf(scenario, 'broken')).toBe(0);
  });

  it('are all old revisions but as many as scaleDownDelayRevisionLimit', () => {
    const rollout = colors();
    Object.assign(rollout.spec.strategy?.canary ?? {}, {
      analysis: undefined,
      scaleDownDelaySeconds: 600,
      scaleDownDelayRevisionLimit: 1,
    });
    const scenario = settled(rollout);
    for (const tag of ['v1', 'v2']) {
      scenario.deploy(tag).wait(10).promoteFull().wait(60);
    }

    expect(replicasOf(scenario, 'v1')).toBe(5);
    expect(replicasOf(scenario, 'blue')).toBe(0);
  });

  it('are pods of a canary only when its traffic was seen to be gone', () => {
    const rollout = colors();
    Object.assign(rollout.spec.strategy?.canary ?? {}, {
      analysis: undefined,
      steps: [{ setWeight: 60 }, { pause: {} }, { setWeight: 20 }],
    });
    const scenario = paused(rollout).promote().wait(10);

    const lowering = scenario.turns.find(({ plan }) =>
      plan.reasons.some(reason => reason.includes('canary to 20')),
    );
    expect(lowering?.plan.reasons.join()).not.toContain('from 3 to');
  });
});
