import {
  imageOf,
  paused,
  replicasOf,
  settled,
  weightOf,
} from './testing/colorsScenario';
import { checkout, colors, search } from './testing/demo';
import { Scenario } from './testing/scenario';

describe('limits and delays', () => {
  it('runs the analysis anew on retry instead of failing by the old run', () => {
    const scenario = new Scenario({
      rollout: search(),
      analysisFate: run => ({
        afterMilliseconds: 2_000,
        phase: !run.metadata.name.endsWith('.1') ? 'Failed' : 'Successful',
      }),
    })
      .wait(30)
      .deploy('green')
      .wait(30);
    expect(scenario.status.abort).toBe(true);

    scenario.retry().wait(60);

    expect(scenario.status.phase).toBe('Healthy');
    expect([...scenario.cluster.analysisRuns.keys()]).toHaveLength(2);
  });

  it('aborts when progressDeadlineAbort asks for it', () => {
    const rollout = colors();
    rollout.spec.progressDeadlineSeconds = 20;
    rollout.spec.progressDeadlineAbort = true;
    const scenario = new Scenario({
      rollout,
      podLife: ({ spec }) =>
        spec.template.spec.containers[0]?.image?.endsWith(':blue')
          ? 3_000
          : undefined,
    })
      .wait(30)
      .deploy('unpullable')
      .wait(60);

    expect(scenario.status.abort).toBe(true);
    expect(scenario.status.message).toContain('timed out progressing');
    expect(replicasOf(scenario, 'unpullable')).toBe(0);
  });

  it.each([
    ['a canary', colors],
    ['blue-green', () => checkout()],
  ])(
    'stays aborted by progressDeadlineAbort after promote full (%s)',
    (_, make) => {
      const rollout = make();
      rollout.spec.progressDeadlineSeconds = 20;
      rollout.spec.progressDeadlineAbort = true;
      const scenario = new Scenario({
        rollout,
        podLife: ({ spec }) =>
          spec.template.spec.containers[0]?.image?.endsWith(':blue')
            ? 3_000
            : undefined,
      })
        .wait(30)
        .deploy('unpullable')
        .wait(5)
        .promoteFull()
        .wait(200);

      const aborts = scenario.turns
        .flatMap(turn => turn.plan.events)
        .filter(({ reason }) => reason === 'RolloutAborted');
      expect(aborts).toHaveLength(1);
      expect(scenario.status.abort).toBe(true);
      expect(replicasOf(scenario, 'unpullable')).toBe(0);
    },
  );

  it('leaves an aborted canary running when its delay is 0', () => {
    const rollout = colors();
    Object.assign(rollout.spec.strategy?.canary ?? {}, {
      abortScaleDownDelaySeconds: 0,
    });

    const scenario = paused(rollout).abort().wait(600);

    expect(replicasOf(scenario, 'green')).toBe(1);
    expect(weightOf(scenario)).toBe(0);
  });

  it('keeps at most as many old revisions as the limits allow', () => {
    const rollout = search();
    Object.assign(rollout.spec, { revisionHistoryLimit: 2 });
    rollout.spec.strategy = { canary: {} };
    const scenario = settled(rollout);
    for (let i = 0; i < 5; i++) scenario.deploy(`v${i}`).wait(60);

    expect(scenario.status.phase).toBe('Healthy');
    expect(scenario.cluster.replicaSets.size).toBe(3);
  });

  it('waits for minReadySeconds before a pod counts', () => {
    const rollout = colors();
    rollout.spec.minReadySeconds = 20;
    const scenario = settled(rollout).deploy('green').wait(10);
    expect(weightOf(scenario)).toBe(0);

    scenario.wait(20);

    expect(weightOf(scenario)).toBe(20);
  });

  it('does not evict what a disruption budget protects', () => {
    const scenario = new Scenario({
      rollout: colors(),
      disruptionBudgets: [
        {
          metadata: { name: 'colors', namespace: 'demo' },
          spec: { selector: { matchLabels: { app: 'colors' } } },
          status: { disruptionsAllowed: 0 },
        } as never,
      ],
    })
      .wait(30)
      .edit('restart', ({ spec }) => {
        spec.restartAt = '2026-01-01T00:00:20Z';
      })
      .wait(30);

    const evictions = scenario.turns.flatMap(turn =>
      turn.plan.writes.filter(write => write.verb === 'evict'),
    );
    expect(evictions).toEqual([]);
    expect(scenario.status.restartedAt).toBeUndefined();
  });

  it('does not take the last pod of a canary that has traffic', () => {
    const rollout = colors();
    Object.assign(rollout.spec.strategy?.canary ?? {}, {
      steps: [
        { setWeight: 20 },
        { setCanaryScale: { replicas: 0 } },
        { pause: {} },
      ],
    });

    const scenario = paused(rollout);

    expect(scenario.status.currentStepIndex).toBe(2);
    expect(replicasOf(scenario, 'green')).toBe(1);
    expect(weightOf(scenario)).toBe(20);
  });

  it('scales the canary apart from its weight', () => {
    const rollout = colors();
    Object.assign(rollout.spec.strategy?.canary ?? {}, {
      steps: [
        { setCanaryScale: { replicas: 3 } },
        { setWeight: 20 },
        { pause: {} },
        { setCanaryScale: { matchTrafficWeight: true } },
        { pause: {} },
      ],
    });

    const scenario = paused(rollout);
    expect(replicasOf(scenario, 'green')).toBe(3);
    scenario.promote().wait(10);

    expect(replicasOf(scenario, 'green')).toBe(1);
    expect(weightOf(scenario)).toBe(20);
  });

  it('waits where it is while a background analysis is inconclusive', () => {
    const scenario = new Scenario({
      rollout: colors(),
      analysisFate: run => ({
        afterMilliseconds: 10_000,
        phase: run.metadata.name.endsWith('.1') ? 'Successful' : 'Inconclusive',
      }),
    })
      .wait(30)
      .deploy('green')
      .wait(6)
      .promote()
      .wait(60);
    expect(scenario.status).toMatchObject({
      phase: 'Paused',
      currentStepIndex: 3,
    });

    scenario.promote().wait(120);

    expect(scenario.status.phase).toBe('Healthy');
  });

  it('keeps traffic on the canary when somebody deletes stable', () => {
    const scenario = paused();
    const stable = scenario.cluster
      .revisions()
      .find(revision => imageOf(revision).endsWith(':blue'));
    scenario.cluster.replicaSets.delete(stable?.replicaSet.metadata.name ?? '');

    scenario.wait(60);

    expect(scenario.status).toMatchObject({ phase: 'Healthy' });
    const wentToNobody = scenario.turns.some(
      ({ plan, snapshot }) =>
        snapshot.replicaSets.length === 1 &&
        plan.status.stableRS !== plan.status.currentPodHash &&
        plan.status.canary?.weights?.canary.weight === 0 &&
        snapshot.rollout.status?.currentPodHash ===
          plan.status.currentPodHash &&
        (snapshot.rollout.status?.canary?.weights?.canary.weight ?? 0) > 0,
    );
    expect(wentToNobody).toBe(false);
  });

  it('promotes at once when no pods are wanted', () => {
    const rollout = colors();
    rollout.spec.replicas = 0;
    Object.assign(rollout.spec.strategy?.canary ?? {}, {
      steps: [{ setWeight: 20 }],
    });
    const scenario = settled(rollout).deploy('green').wait(10);

    expect(scenario.status.phase).toBe('Healthy');
  });

  it('follows minReadySeconds without a new revision', () => {
    const scenario = settled()
      .edit('minReadySeconds', ({ spec }) => {
        spec.minReadySeconds = 7;
      })
      .wait(10);

    expect(
      scenario.cluster.revisions().map(r => r.replicaSet.spec.minReadySeconds),
    ).toEqual([7]);
  });

  it('starts over when the steps change', () => {
    const scenario = paused()
      .promote()
      .wait(5)
      .edit('other steps', ({ spec }) => {
        if (spec.strategy?.canary) {
          spec.strategy.canary.steps = [{ setWeight: 30 }, { pause: {} }];
        }
      })
      .wait(10);

    expect(scenario.status).toMatchObject({
      currentStepIndex: 1,
      phase: 'Paused',
    });
    expect(weightOf(scenario)).toBe(30);
  });

  it("adopts another controller's ReplicaSet by its template", () => {
    const scenario = settled();
    const [found] = scenario.cluster.revisions();
    const adopted = structuredClone(found?.replicaSet);
    if (!adopted) throw new Error('no ReplicaSet');
    adopted.metadata.name = 'colors-787cd9d74f';
    adopted.metadata.ownerReferences = undefined;
    adopted.metadata.labels = {
      app: 'colors',
      'rollouts-pod-template-hash': '787cd9d74f',
    };
    const other = new Scenario({ rollout: colors() });
    other.cluster.replicaSets.set(adopted.metadata.name, adopted);
    other.cluster.pods.seed(adopted);

    other.wait(30);

    expect([...other.cluster.replicaSets.keys()]).toEqual([
      'colors-787cd9d74f',
    ]);
    expect(other.status).toMatchObject({
      phase: 'Healthy',
      stableRS: '787cd9d74f',
    });
  });

  it('does not create anything for a new template while spec.paused', () => {
    const scenario = settled()
      .edit('pause', ({ spec }) => {
        spec.paused = true;
      })
      .deploy('green')
      .wait(30);

    expect(scenario.cluster.replicaSets.size).toBe(1);
    expect(scenario.status).toMatchObject({
      phase: 'Paused',
      message: 'manually paused',
    });
  });

  it('stops at the second of two pauses when the first is skipped', () => {
    const rollout = colors();
    const { canary } = rollout.spec.strategy ?? {};
    if (canary) {
      canary.steps = [
        { setWeight: 20 },
        { pause: {} },
        { pause: { duration: '10s' } },
        { setWeight: 40 },
      ];
    }
    const scenario = paused(rollout)
      .edit('skip', ({ status }) => {
        // As the portal skips; the pair of fields would mean a promote.
        if (!status) return;
        status.currentStepIndex = 2;
        status.pauseConditions = undefined;
        status.controllerPause = false;
      })
      .wait(9);

    expect(scenario.status).toMatchObject({
      phase: 'Paused',
      currentStepIndex: 2,
      pauseConditions: [{ startTime: '2026-01-01T00:00:50Z' }],
    });
    expect(scenario.wait(2).status.currentStepIndex).toBe(3);
  });
});
