import { settled } from '../../simulate/testing/colorsScenario';
import { search } from '../../simulate/testing/demo';

/** Blue, v1, v2 and v3 have been stable one after the other; then v1 is back. */
function backToV1(window: number) {
  const rollout = search();
  rollout.spec.rollbackWindow = { revisions: window };
  rollout.spec.strategy = {
    canary: { steps: [{ setWeight: 20 }, { pause: {} }] },
  };
  const scenario = settled(rollout);
  for (const tag of ['v1', 'v2', 'v3']) {
    scenario.deploy(tag).wait(5).promoteFull().wait(60);
  }
  return scenario.deploy('v1').wait(60);
}

describe('the rollback window of a canary', () => {
  it('skips the steps on the way back by as many revisions as it says', () => {
    expect(backToV1(2).status.phase).toBe('Healthy');
  });

  it('takes the steps on the way back by more revisions than it says', () => {
    expect(backToV1(1).status).toMatchObject({
      phase: 'Paused',
      currentStepIndex: 1,
    });
  });
});
