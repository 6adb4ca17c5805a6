import {
  ANALYSIS,
  paused,
  settled,
} from '../../simulate/testing/blueGreenScenario';
import { replicasOf } from '../../simulate/testing/colorsScenario';
import type { Scenario } from '../../simulate/testing/scenario';

const scaleTo = (scenario: Scenario, replicas: number) =>
  scenario
    .edit(`scale to ${replicas}`, ({ spec }) => {
      spec.replicas = replicas;
    })
    .wait(10);

describe('a superseded revision', () => {
  it('that was active grows and shrinks with the rollout, so that it can come back', () => {
    const scenario = settled({ scaleDownDelaySeconds: 600 })
      .deploy('green')
      .wait(20);

    expect(replicasOf(scaleTo(scenario, 7), 'blue')).toBe(7);
    expect(replicasOf(scaleTo(scenario, 3), 'blue')).toBe(3);
  });

  it('that was a small preview only shrinks with it', () => {
    const scenario = paused({
      previewReplicaCount: 2,
      scaleDownDelaySeconds: 600,
    })
      .deploy('red')
      .wait(10);

    expect(replicasOf(scaleTo(scenario, 7), 'green')).toBe(2);
    expect(replicasOf(scaleTo(scenario, 1), 'green')).toBe(1);
  });

  it.each([
    ['goes when its delay is over', 'Successful', 0],
    [
      'stays while an inconclusive analysis leaves the decision to a person',
      'Inconclusive',
      5,
    ],
  ] as const)('%s', (_, phase, left) => {
    const scenario = settled(
      { postPromotionAnalysis: ANALYSIS, scaleDownDelaySeconds: 20 },
      { PostPromotion: phase },
    )
      .deploy('red')
      .wait(1)
      .deploy('green')
      .wait(60);

    expect(replicasOf(scenario, 'red')).toBe(left);
  });
});
