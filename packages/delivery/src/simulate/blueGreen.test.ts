import {
  ANALYSIS,
  BY_HAND,
  settled,
  paused,
  active,
  preview,
} from './testing/blueGreenScenario';
import { replicasOf } from './testing/colorsScenario';
import { checkout } from './testing/demo';
import { expectGolden } from './testing/golden';
import { Scenario } from './testing/scenario';

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

  it('does not take the deadline of an abort for that of a rollback', () => {
    const scenario = paused()
      .promote()
      .wait(60)
      .deploy('blue')
      .wait(20)
      .abort()
      .wait(5)
      .retry()
      .wait(10);

    expect(active(scenario)).toBe('green');
    expect(scenario.status.message).toBe('BlueGreenPause');
  });

  it('measures a revision again that its analysis spoke against', () => {
    const runs: string[] = [];
    const scenario = new Scenario({
      rollout: checkout({
        prePromotionAnalysis: ANALYSIS,
        abortScaleDownDelaySeconds: 600,
      }),
      analysisFate: ({ metadata }) => {
        if (!runs.includes(metadata.name)) runs.push(metadata.name);
        return {
          phase: metadata.name === runs[0] ? 'Failed' : 'Successful',
          afterMilliseconds: 5_000,
        };
      },
    }).wait(10);
    for (const tag of ['red', 'green', 'red']) scenario.deploy(tag).wait(30);

    expect(active(scenario)).toBe('red');
    expect(runs).toHaveLength(3);
  });

  it('lets no time of the pause pass under spec.paused', () => {
    const scenario = settled({ autoPromotionSeconds: 30 })
      .deploy('green')
      .wait(1)
      .edit('pause', ({ spec }) => {
        spec.paused = true;
      })
      .wait(60)
      .edit('resume', ({ spec }) => {
        spec.paused = undefined;
      })
      .wait(20);
    expect(active(scenario)).toBe('blue');

    scenario.wait(20);

    expect(active(scenario)).toBe('green');
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
