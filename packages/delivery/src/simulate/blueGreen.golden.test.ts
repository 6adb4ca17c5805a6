import {
  BY_HAND,
  ANALYSIS,
  settled,
  paused,
  active,
  preview,
} from './testing/blueGreenScenario';
import { replicasOf } from './testing/colorsScenario';
import { expectGolden } from './testing/golden';

describe('blue-green rollouts, read as logs', () => {
  it('promotes by itself, and keeps blue for 30 s', () => {
    const scenario = settled().deploy('green').wait(60);

    expect(active(scenario)).toBe('green');
    expect(replicasOf(scenario, 'blue')).toBe(0);
    expect(scenario.status.phase).toBe('Healthy');
    expectGolden('blue-green', scenario.log());
  });

  it('waits for a person, with green behind the preview service only', () => {
    const scenario = paused();
    expect([active(scenario), preview(scenario)]).toEqual(['blue', 'green']);
    expect(scenario.status).toMatchObject({
      phase: 'Paused',
      message: 'BlueGreenPause',
      controllerPause: true,
    });

    scenario.promote().wait(60);

    expect(active(scenario)).toBe('green');
    expect(scenario.status.controllerPause).toBeUndefined();
    expectGolden('blue-green-by-hand', scenario.log());
  });

  it('promotes by itself after autoPromotionSeconds', () => {
    const scenario = settled({ autoPromotionSeconds: 15 })
      .deploy('green')
      .wait(10);
    expect(scenario.status.message).toBe('BlueGreenPause');

    scenario.wait(10);

    expect(active(scenario)).toBe('green');
    expectGolden('blue-green-after-seconds', scenario.log());
  });

  it('brings a small preview to full size before users reach it', () => {
    const scenario = paused({ previewReplicaCount: 1 });
    expect(replicasOf(scenario, 'green')).toBe(1);

    scenario.promote().wait(1);
    expect(scenario.status.blueGreen?.scaleUpPreviewCheckPoint).toBe(true);
    expect(active(scenario)).toBe('blue');
    scenario.wait(59);

    expect(active(scenario)).toBe('green');
    expect(scenario.status.blueGreen?.scaleUpPreviewCheckPoint).toBeUndefined();
    expectGolden('blue-green-small-preview', scenario.log());
  });

  it('analyses before and after the switch', () => {
    const scenario = settled(
      { prePromotionAnalysis: ANALYSIS, postPromotionAnalysis: ANALYSIS },
      { PrePromotion: 'Successful', PostPromotion: 'Successful' },
    )
      .deploy('green')
      .wait(60);

    expect(scenario.status.phase).toBe('Healthy');
    expect(scenario.status.blueGreen).toMatchObject({
      prePromotionAnalysisRunStatus: { status: 'Successful' },
      postPromotionAnalysisRunStatus: { status: 'Successful' },
    });
    expectGolden('blue-green-analysis', scenario.log());
  });

  it('aborts when the analysis before the switch fails', () => {
    const scenario = settled(
      { prePromotionAnalysis: ANALYSIS },
      { PrePromotion: 'Failed' },
    )
      .deploy('green')
      .wait(60);

    expect(active(scenario)).toBe('blue');
    expect(preview(scenario)).toBe('blue');
    expect(replicasOf(scenario, 'green')).toBe(0);
    expect(scenario.status.message).toBe(
      'RolloutAborted: Rollout aborted update to revision 2: Blue/green pre-promotion analysis phase error/failed: as said',
    );
    expectGolden('blue-green-failed-before', scenario.log());
  });

  it('switches back when the analysis after the switch fails', () => {
    const scenario = settled(
      { postPromotionAnalysis: ANALYSIS },
      { PostPromotion: 'Failed' },
    )
      .deploy('green')
      .wait(60);

    expect(active(scenario)).toBe('blue');
    expect(scenario.status.message).toBe(
      'RolloutAborted: Rollout aborted update to revision 2: Blue/green post-promotion analysis phase error/failed: as said',
    );
    expectGolden('blue-green-failed-after', scenario.log());
  });

  it('waits for a person when an analysis cannot tell, and measures anew', () => {
    const scenario = settled(
      { prePromotionAnalysis: ANALYSIS },
      { PrePromotion: 'Inconclusive' },
    )
      .deploy('green')
      .wait(30);
    expect(scenario.status.message).toBe('InconclusiveAnalysisRun');

    scenario.promote().wait(20);

    expect(active(scenario)).toBe('blue');
    expect(scenario.cluster.analysisRuns.size).toBe(2);
    expectGolden('blue-green-inconclusive', scenario.log());
  });

  it('aborts at the pause, and starts over on retry', () => {
    const scenario = paused().abort().wait(10);
    expect([active(scenario), preview(scenario)]).toEqual(['blue', 'green']);

    scenario.retry().wait(10);
    expect(scenario.status.message).toBe('BlueGreenPause');

    scenario.abort().wait(60);
    expect(replicasOf(scenario, 'green')).toBe(0);
    expect(preview(scenario)).toBe('blue');
    expectGolden('blue-green-abort', scenario.log());
  });

  it('goes back at once to what still runs', () => {
    const scenario = paused().promote().wait(10).deploy('blue').wait(1);

    expect(active(scenario)).toBe('blue');
    expect(scenario.status.phase).toBe('Healthy');
    expectGolden('blue-green-fast-rollback', scenario.log());
  });

  it('promotes fully: skips pause and analysis, not the pods', () => {
    const scenario = settled({ ...BY_HAND, prePromotionAnalysis: ANALYSIS })
      .deploy('green')
      .wait(1)
      .promoteFull()
      .wait(1);
    expect(active(scenario)).toBe('blue');

    scenario.wait(5);

    expect(active(scenario)).toBe('green');
    expect(scenario.status.promoteFull).toBeUndefined();
    expectGolden('blue-green-promote-full', scenario.log());
  });

  it('replaces the preview by a newer one', () => {
    const scenario = paused().deploy('red').wait(60);

    expect([active(scenario), preview(scenario)]).toEqual(['blue', 'red']);
    expect(replicasOf(scenario, 'green')).toBe(0);
    expectGolden('blue-green-new-template', scenario.log());
  });

  it('follows an autoscaler in every stage', () => {
    const scenario = paused()
      .edit('scale to 7', ({ spec }) => Object.assign(spec, { replicas: 7 }))
      .wait(5)
      .promote()
      .wait(10)
      .edit('scale to 3', ({ spec }) => Object.assign(spec, { replicas: 3 }))
      .wait(5);

    expect(active(scenario)).toBe('green');
    expect(replicasOf(scenario, 'green')).toBe(3);
    expect(replicasOf(scenario, 'blue')).toBe(3);
    expectGolden('blue-green-scale', scenario.log());
  });
});
