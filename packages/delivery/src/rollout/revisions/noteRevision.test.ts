import { imageOf, settled } from '../../simulate/testing/colorsScenario';
import { search } from '../../simulate/testing/demo';

describe('the number of a revision', () => {
  it('is a new one each time that its template comes back, and all are kept', () => {
    const rollout = search();
    rollout.spec.strategy = { canary: {} };
    const scenario = settled(rollout);
    for (const tag of ['green', 'blue', 'green', 'blue']) {
      scenario.deploy(tag).wait(60);
    }

    const blue = scenario.cluster
      .revisions()
      .find(revision => imageOf(revision).endsWith(':blue'));
    expect(blue?.replicaSet.metadata.annotations).toMatchObject({
      'rollout.argoproj.io/revision': '5',
      'rollout.argoproj.io/revision-history': '1,3',
    });
  });
});
