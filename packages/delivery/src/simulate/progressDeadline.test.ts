import { imageOf } from './testing/colorsScenario';
import { colors, search } from './testing/demo';
import { Scenario } from './testing/scenario';

const eventsOf = (scenario: Scenario) =>
  scenario.turns.flatMap(({ plan }) => plan.events.map(each => each.reason));

describe('the progress deadline', () => {
  it('begins anew when a pause by a person ends', () => {
    const scenario = new Scenario({
      rollout: colors(),
      podLife: replicaSet =>
        imageOf({ replicaSet }).endsWith(':blue') ? 3_000 : 910_000,
    })
      .wait(30)
      .deploy('green')
      .wait(1)
      .edit('pause', ({ spec }) => {
        spec.paused = true;
      })
      .wait(900)
      .edit('resume', ({ spec }) => {
        spec.paused = undefined;
      })
      .wait(30);

    expect(eventsOf(scenario)).not.toContain('ProgressDeadlineExceeded');
  });

  it('aborts nothing where nothing is in progress', () => {
    const rollout = search();
    rollout.spec.progressDeadlineSeconds = 20;
    rollout.spec.progressDeadlineAbort = true;
    let isHealthy = true;
    const scenario = new Scenario({
      rollout,
      podLife: () => (isHealthy ? 3_000 : undefined),
    }).wait(30);
    isHealthy = false;
    scenario
      .edit('scale up', ({ spec }) => {
        spec.replicas = 10;
      })
      .wait(60);

    expect(eventsOf(scenario)).toContain('ProgressDeadlineExceeded');
    expect(eventsOf(scenario)).not.toContain('RolloutAborted');
    expect(scenario.cluster.revisions().map(imageOf)).toEqual([
      'demo/search:blue',
    ]);
  });
});
