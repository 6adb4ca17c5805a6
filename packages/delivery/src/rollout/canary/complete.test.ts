import { paused } from '../../simulate/testing/colorsScenario';

describe('a canary that is promoted fully', () => {
  it('is promoted with the status that makes it stable, and no update after it', () => {
    const scenario = paused().promoteFull().wait(60);
    const { currentPodHash } = scenario.status;
    const completing = scenario.turns.find(
      ({ plan: { status } }) =>
        status.stableRS !== undefined && status.stableRS === currentPodHash,
    );

    expect(completing?.plan.status).toMatchObject({
      promoteFull: undefined,
      pauseConditions: undefined,
      controllerPause: undefined,
    });
    expect(scenario.deploy('red').wait(20).status).toMatchObject({
      phase: 'Paused',
      currentStepIndex: 1,
    });
  });
});
