import { paused, replicasOf } from './testing/colorsScenario';
import { search } from './testing/demo';
import { Scenario } from './testing/scenario';

describe('a rollout without pods', () => {
  it('scales each revision once a turn, down to nothing and up again', () => {
    const scenario = new Scenario({ rollout: search() }).wait(30);
    const begun = scenario.turns.length;
    scenario.edit('scale to 0', ({ spec }) => {
      spec.replicas = 0;
    });
    scenario.wait(10).edit('scale to 2', ({ spec }) => {
      spec.replicas = 2;
    });
    scenario.wait(10);

    const scaled = scenario.turns
      .slice(begun)
      .flatMap(({ plan }) =>
        plan.events
          .filter(each => each.reason === 'ScalingReplicaSet')
          .map(each => each.message.replace(/^.* from /, '')),
      );
    expect(scaled).toEqual(['5 to 0', '0 to 2']);
  });

  it('comes to the end of its steps also when a router splits nothing', () => {
    const scenario = paused();
    scenario
      .edit('scale to 0', ({ spec }) => {
        spec.replicas = 0;
      })
      .wait(5)
      .promoteFull()
      .wait(60);

    expect(scenario.status.phase).toBe('Healthy');
    expect(replicasOf(scenario, 'green')).toBe(0);
    expect(scenario.status.stableRS).toBe(scenario.status.currentPodHash);
    expect(
      scenario.cluster.services.get('colors-stable')?.spec.selector,
    ).toMatchObject({
      'rollouts-pod-template-hash': scenario.status.stableRS,
    });
  });
});
