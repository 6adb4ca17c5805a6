import {
  imageOf,
  paused,
  replicasOf,
  weightOf,
} from './testing/colorsScenario';
import { colors, search } from './testing/demo';
import { Scenario } from './testing/scenario';

describe('what waits for a person', () => {
  it('is not promoted by an inconclusive analysis after the last step', () => {
    const rollout = colors();
    const canary = rollout.spec.strategy?.canary;
    Object.assign(canary ?? {}, { steps: [{ setWeight: 20 }] });
    Object.assign(canary?.analysis ?? {}, { startingStep: 0 });
    const scenario = new Scenario({
      rollout,
      analysisFate: () => ({
        afterMilliseconds: 3_500,
        phase: 'Inconclusive',
      }),
    })
      .wait(30)
      .deploy('green')
      .wait(120);

    expect(scenario.status).toMatchObject({
      phase: 'Paused',
      currentStepIndex: 1,
      pauseConditions: [{ reason: 'InconclusiveAnalysisRun' }],
    });
    expect(weightOf(scenario)).toBe(20);
  });

  it('can be aborted under spec.paused though a newer template waits', () => {
    const scenario = paused()
      .edit('pause', ({ spec }) => {
        spec.paused = true;
      })
      .deploy('red')
      .wait(5);
    expect(weightOf(scenario)).toBe(20);

    scenario.abort().wait(60);

    expect(weightOf(scenario)).toBe(0);
    expect(replicasOf(scenario, 'green')).toBe(0);
    expect(
      scenario.cluster.revisions().map(revision => imageOf(revision)),
    ).not.toContain('demo/colors:red');
  });

  it('starts the newer template when it is resumed', () => {
    const scenario = paused()
      .edit('pause', ({ spec }) => {
        spec.paused = true;
      })
      .deploy('red')
      .wait(5)
      .edit('resume', ({ spec }) => {
        spec.paused = false;
      })
      .wait(60);

    expect(scenario.status).toMatchObject({
      phase: 'Paused',
      currentStepIndex: 1,
    });
    expect(replicasOf(scenario, 'red')).toBe(1);
    expect(weightOf(scenario)).toBe(20);
  });
});

describe('abort during a full promotion', () => {
  it('goes back to stable', () => {
    const scenario = paused().promoteFull().wait(1).abort().wait(90);

    expect(scenario.status).toMatchObject({ abort: true, phase: 'Degraded' });
    expect(weightOf(scenario)).toBe(0);
    expect(replicasOf(scenario, 'green')).toBe(0);
  });

  it('is itself cleared by a later full promotion', () => {
    const scenario = paused().abort().wait(5).promoteFull().wait(90);

    expect(scenario.status.phase).toBe('Healthy');
    expect(replicasOf(scenario, 'green')).toBe(5);
  });
});

describe('the progress deadline', () => {
  it('does not end an analysis step that is still measuring', () => {
    const rollout = search();
    rollout.spec.progressDeadlineSeconds = 20;
    rollout.spec.progressDeadlineAbort = true;
    const scenario = new Scenario({
      rollout,
      analysisFate: () => ({ afterMilliseconds: 50_000, phase: 'Successful' }),
    })
      .wait(30)
      .deploy('green')
      .wait(180);

    expect(scenario.status.phase).toBe('Healthy');
    expect(scenario.status.conditions).not.toContainEqual(
      expect.objectContaining({ reason: 'ProgressDeadlineExceeded' }),
    );
  });
});
