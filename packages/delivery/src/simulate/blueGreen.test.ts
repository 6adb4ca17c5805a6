import type {
  BlueGreenStrategy,
  RolloutAnalysis,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { replicasOf } from './testing/colorsScenario';
import { checkout } from './testing/demo';
import { expectGolden } from './testing/golden';
import { Scenario } from './testing/scenario';
import type { AnalysisFate } from './analysisLife';

const ANALYSIS: RolloutAnalysis = {
  templates: [{ templateName: 'success-rate' }],
};
const BY_HAND = { autoPromotionEnabled: false };

/** Blue serves everybody; analyses of a type end as said, others never. */
const settled = (
  strategy: Partial<BlueGreenStrategy> = {},
  fates: Record<string, AnalysisFate['phase']> = {},
) =>
  new Scenario({
    rollout: checkout(strategy),
    analysisFate: ({ metadata }) => {
      const phase = fates[metadata.labels?.['rollout-type'] ?? ''];
      return phase && { phase, afterMilliseconds: 5_000, message: 'as said' };
    },
  }).wait(10);

/** Green waits behind the preview service for a person. */
const paused = (strategy: Partial<BlueGreenStrategy> = {}) =>
  settled({ ...BY_HAND, ...strategy })
    .deploy('green')
    .wait(20);

/** The image's tag that a service selects. */
function selectedTag(scenario: Scenario, service: string): string | undefined {
  const hash =
    scenario.cluster.services.get(service)?.spec.selector?.[
      'rollouts-pod-template-hash'
    ];
  return scenario.cluster
    .revisions()
    .find(
      ({ replicaSet }) =>
        replicaSet.metadata.labels?.['rollouts-pod-template-hash'] === hash,
    )
    ?.replicaSet.spec.template.spec.containers[0]?.image?.split(':')[1];
}
const active = (scenario: Scenario) => selectedTag(scenario, 'checkout-active');
const preview = (scenario: Scenario) =>
  selectedTag(scenario, 'checkout-preview');

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

describe('a blue-green rollout', () => {
  it('does nothing to its services under spec.paused', () => {
    const scenario = settled(BY_HAND)
      .deploy('green')
      .wait(1)
      .edit('pause', ({ spec }) => Object.assign(spec, { paused: true }))
      .promoteFull()
      .wait(30);
    expect(active(scenario)).toBe('blue');

    scenario
      .edit('resume', ({ spec }) => Object.assign(spec, { paused: false }))
      .wait(1);

    expect(active(scenario)).toBe('green');
  });

  it('goes back to stable also under spec.paused', () => {
    const scenario = settled({ postPromotionAnalysis: ANALYSIS })
      .deploy('green')
      .wait(10);
    expect(active(scenario)).toBe('green');

    scenario
      .edit('pause', ({ spec }) => Object.assign(spec, { paused: true }))
      .abort()
      .wait(1);

    expect(active(scenario)).toBe('blue');
  });

  it('goes back to the stable template in the middle of its verification', () => {
    const scenario = settled(
      {
        ...BY_HAND,
        prePromotionAnalysis: ANALYSIS,
        postPromotionAnalysis: ANALYSIS,
      },
      { PrePromotion: 'Successful' },
    )
      .deploy('green')
      .wait(15)
      .promote()
      .wait(2);
    expect(active(scenario)).toBe('green');

    scenario.deploy('blue').wait(2);

    expect(active(scenario)).toBe('blue');
    expect(scenario.status.phase).toBe('Healthy');
  });

  it('keeps what users reach when a newer template comes during verification', () => {
    const scenario = settled({ postPromotionAnalysis: ANALYSIS })
      .deploy('green')
      .wait(10)
      .deploy('red')
      .wait(60);

    expect(active(scenario)).toBe('red');
    scenario.abort().wait(90);
    expect(active(scenario)).toBe('blue');
    expect(replicasOf(scenario, 'green')).toBe(0);
    expect(replicasOf(scenario, 'red')).toBe(0);
  });

  it('asks for approval of a revision that was never approved, though it runs', () => {
    const scenario = paused().deploy('red').wait(10).deploy('green').wait(10);

    expect(active(scenario)).toBe('blue');
    expect(scenario.status.message).toBe('BlueGreenPause');
  });

  it('goes back with pause once the delay is over', () => {
    const scenario = paused().promote().wait(60).deploy('blue').wait(20);

    expect(active(scenario)).toBe('green');
    expect(scenario.status.message).toBe('BlueGreenPause');
  });

  it('goes back without pause within the rollback window', () => {
    const rollout = checkout(BY_HAND);
    rollout.spec.rollbackWindow = { revisions: 1 };
    const scenario = new Scenario({ rollout })
      .wait(10)
      .deploy('green')
      .wait(10)
      .promote()
      .wait(60)
      .deploy('blue')
      .wait(10);

    expect(active(scenario)).toBe('blue');
  });

  it('never leaves for a preview that is not ready', () => {
    const scenario = new Scenario({
      rollout: checkout(),
      podLife: ({ spec }) =>
        spec.template.spec.containers[0]?.image?.endsWith(':red')
          ? undefined
          : 3_000,
    })
      .wait(10)
      .deploy('red')
      .wait(30)
      .promoteFull()
      .wait(60);
    expect(active(scenario)).toBe('blue');
    expect(replicasOf(scenario, 'blue')).toBe(5);

    scenario.deploy('green').wait(60);

    expect(active(scenario)).toBe('green');
    expect(replicasOf(scenario, 'red')).toBe(0);
  });

  it.each([
    [0, 0],
    [60, 5],
  ])(
    'keeps old pods for scaleDownDelaySeconds: %i',
    (scaleDownDelaySeconds, pods) => {
      const scenario = settled({ scaleDownDelaySeconds })
        .deploy('green')
        .wait(45);

      expect(active(scenario)).toBe('green');
      expect(replicasOf(scenario, 'blue')).toBe(pods);
    },
  );

  it('keeps no more old revisions than scaleDownDelayRevisionLimit', () => {
    const scenario = settled({
      scaleDownDelaySeconds: 120,
      scaleDownDelayRevisionLimit: 1,
    })
      .deploy('green')
      .wait(10)
      .deploy('red')
      .wait(10);

    expect(replicasOf(scenario, 'green')).toBe(5);
    expect(replicasOf(scenario, 'blue')).toBe(0);
  });

  it('keeps an aborted preview for ever with abortScaleDownDelaySeconds: 0', () => {
    const scenario = paused({ abortScaleDownDelaySeconds: 0 })
      .abort()
      .wait(600);

    expect(replicasOf(scenario, 'green')).toBe(5);
    expect(preview(scenario)).toBe('green');
  });

  it('is analysed for as long as that takes, whatever the deadline', () => {
    const rollout = checkout({ prePromotionAnalysis: ANALYSIS });
    Object.assign(rollout.spec, {
      progressDeadlineSeconds: 20,
      progressDeadlineAbort: true,
    });
    const scenario = new Scenario({
      rollout,
      analysisFate: () => ({ afterMilliseconds: 90_000, phase: 'Successful' }),
    })
      .wait(10)
      .deploy('green')
      .wait(120);

    expect(active(scenario)).toBe('green');
  });

  it('counts who serves, for an autoscaler to look at', () => {
    const { status } = paused();

    expect(status).toMatchObject({
      replicas: 10,
      HPAReplicas: 5,
      availableReplicas: 5,
      selector: `app=checkout,rollouts-pod-template-hash=${status.stableRS}`,
    });
  });

  it('becomes a canary in flight, and comes back, without a restart', () => {
    const scenario = paused();
    const pods = () => [...scenario.cluster.replicaSets.keys()];
    const before = pods();

    scenario
      .edit('a canary', ({ spec }) => {
        spec.strategy = {
          canary: { steps: [{ setWeight: 40 }, { pause: {} }] },
        };
      })
      .wait(20);
    expect(scenario.status).toMatchObject({
      blueGreen: undefined,
      message: 'CanaryPauseStep',
      currentStepIndex: 1,
    });
    expect(replicasOf(scenario, 'green')).toBe(2);

    scenario
      .edit('blue-green', ({ spec }) => {
        spec.strategy = checkout(BY_HAND).spec.strategy;
      })
      .wait(20);
    expect(scenario.status).toMatchObject({
      canary: undefined,
      currentStepIndex: undefined,
      message: 'BlueGreenPause',
    });
    expect([active(scenario), preview(scenario)]).toEqual(['blue', 'green']);
    expect(pods()).toEqual(before);
    expectGolden('blue-green-migration', scenario.log());
  });
});
