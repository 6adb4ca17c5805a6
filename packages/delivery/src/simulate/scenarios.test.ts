import type { AnalysisRun } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { colors, search } from './testing/demo';
import { expectGolden } from './testing/golden';
import { Scenario } from './testing/scenario';

const isOfImage = (run: AnalysisRun, scenario: () => Scenario, tag: string) =>
  scenario()
    .cluster.revisions()
    .some(
      ({ replicaSet }) =>
        run.metadata.name.includes(
          replicaSet.metadata.labels?.['rollouts-pod-template-hash'] ?? '-',
        ) &&
        replicaSet.spec.template.spec.containers[0]?.image?.endsWith(tag) ===
          true,
    );

const colorsWithRedFailing = (): Scenario => {
  const scenario: Scenario = new Scenario({
    rollout: colors(),
    analysisFate: run =>
      isOfImage(run, () => scenario, ':red')
        ? {
            afterMilliseconds: 15_000,
            phase: 'Failed',
            message:
              'Metric "success-rate" assessed Failed due to failed (3) > failureLimit (2)',
          }
        : undefined,
  });
  return scenario.wait(30);
};

const paused = () => colorsWithRedFailing().deploy('green').wait(20);

describe('whole rollouts, read as logs', () => {
  it('brings green up step by step once a person has promoted it at 20 %', () => {
    const scenario = paused().promote().wait(120);

    expect(scenario.status.phase).toBe('Healthy');
    expectGolden('promote', scenario.log());
  });

  it('goes back to blue when a person aborts, and keeps green for 30 s', () => {
    const scenario = paused().abort().wait(60);

    expect(scenario.status.phase).toBe('Degraded');
    expectGolden('abort', scenario.log());
  });

  it('starts again from the first step on retry', () => {
    const scenario = paused().abort().wait(10).retry().wait(20);

    expect(scenario.status).toMatchObject({
      phase: 'Paused',
      currentStepIndex: 1,
      abort: false,
    });
    expectGolden('retry', scenario.log());
  });

  it('rolls red back when the background analysis fails', () => {
    const scenario = paused()
      .promote()
      .wait(120)
      .deploy('red')
      .wait(10)
      .promote()
      .wait(60);

    expect(scenario.status.abort).toBe(true);
    expect(scenario.status.message).toBe(
      'RolloutAborted: Rollout aborted update to revision 3: Background analysis phase error/failed: Metric "success-rate" assessed Failed due to failed (3) > failureLimit (2)',
    );
    expectGolden('rolled-back-by-analysis', scenario.log());
  });

  it('promotes fully: skips the steps, not the safety', () => {
    const scenario = paused().promoteFull().wait(60);

    expect(scenario.status.phase).toBe('Healthy');
    expect(scenario.status.promoteFull).toBeUndefined();
    expectGolden('promote-full', scenario.log());
  });

  it('replaces a canary in mid-rollout without leaving traffic on it', () => {
    const scenario = paused().promote().wait(5).deploy('slow').wait(60);

    expect(scenario.status).toMatchObject({
      phase: 'Paused',
      currentStepIndex: 1,
    });
    expectGolden('new-template', scenario.log());
  });

  it('goes back to the stable template without steps', () => {
    const scenario = paused().promote().wait(5).deploy('blue').wait(60);

    expect(scenario.status).toMatchObject({
      phase: 'Healthy',
      currentStepIndex: 8,
    });
    expectGolden('rollback-to-stable', scenario.log());
  });

  it('undoes to an earlier revision, which gets a new number and its steps', () => {
    const scenario = paused().promote().wait(120).deploy('blue').wait(20);

    expect(scenario.status).toMatchObject({
      phase: 'Paused',
      currentStepIndex: 1,
    });
    expectGolden('undo', scenario.log());
  });

  it('holds still while spec.paused, and goes on after', () => {
    const scenario = paused()
      .edit('pause', ({ spec }) => {
        spec.paused = true;
      })
      .promote()
      .wait(30);
    expect(scenario.status).toMatchObject({
      phase: 'Paused',
      message: 'manually paused',
      canary: { weights: { canary: { weight: 20 } } },
    });

    scenario
      .edit('resume', ({ spec }) => {
        spec.paused = false;
      })
      .wait(10);

    expect(scenario.status.canary?.weights?.canary.weight).toBe(40);
    expectGolden('pause', scenario.log());
  });

  it('restarts pods one by one, stable first', () => {
    const scenario = paused()
      .edit('restart', ({ spec }) => {
        spec.restartAt = '2026-01-01T00:00:50Z';
      })
      .wait(60);

    expect(scenario.status.restartedAt).toBe('2026-01-01T00:00:50Z');
    expectGolden('restart', scenario.log());
  });

  it('moves a replica-count canary by pods, with an analysis step', () => {
    const scenario = new Scenario({
      rollout: search(),
      analysisFate: () => ({ afterMilliseconds: 20_000, phase: 'Successful' }),
    })
      .wait(30)
      .deploy('green')
      .wait(90);

    expect(scenario.status.phase).toBe('Healthy');
    expectGolden('replica-count', scenario.log());
  });

  it('waits for a person when an analysis step is inconclusive', () => {
    const scenario = new Scenario({
      rollout: search(),
      analysisFate: () => ({
        afterMilliseconds: 20_000,
        phase: 'Inconclusive',
      }),
    })
      .wait(30)
      .deploy('green')
      .wait(90);

    expect(scenario.status).toMatchObject({
      phase: 'Paused',
      message: 'InconclusiveAnalysisRun',
      currentStepIndex: 1,
    });
    expectGolden('inconclusive', scenario.log());
  });
});
