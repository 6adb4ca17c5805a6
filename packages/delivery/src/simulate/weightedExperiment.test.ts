import type { Rollout } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { planRollout } from '../rollout/planRollout';
import type { VirtualService } from '../traffic/istio/istioObjects';
import { colors } from './testing/demo';
import { COMPARE, withSteps } from './testing/experimentScenario';
import { expectGolden } from './testing/golden';
import { Scenario } from './testing/scenario';

/** Routed by Istio, a tenth of the traffic for each side of the experiment. */
function weighted(): Scenario {
  return new Scenario({
    rollout: withSteps(colors(), [
      { setWeight: 20 },
      {
        experiment: {
          ...COMPARE,
          scaleDownDelaySeconds: 0,
          templates: COMPARE.templates.map(each => ({ ...each, weight: 10 })),
        },
      },
      { pause: {} },
    ]),
    podLife: () => 3_000,
    analysisFate: () => ({ afterMilliseconds: 8_000, phase: 'Successful' }),
  })
    .edit('open ports', rollout => {
      for (const each of rollout.spec.template?.spec.containers ?? []) {
        each.ports = [{ containerPort: 8080 }];
      }
    })
    .wait(30)
    .deploy('green');
}

const shares = (scenario: Scenario): Record<string, number> => {
  const [route] = scenario.cluster.routes.values() as Iterable<VirtualService>;
  return Object.fromEntries(
    (route?.spec?.http?.[0]?.route ?? []).map(each => [
      each.destination?.host ?? '',
      each.weight ?? 0,
    ]),
  );
};

function toBlueGreen({ spec }: Rollout): void {
  spec.strategy = { blueGreen: { activeService: 'colors-stable' } };
}

function changed(rollout: Rollout): Rollout {
  const copy = structuredClone(rollout);
  toBlueGreen(copy);
  return copy;
}

describe('an experiment that gets traffic', () => {
  it('gets its share of the traffic while it runs, and nothing before or after', () => {
    const scenario = weighted().wait(10);

    const { canary } = scenario.status;
    const name = canary?.currentExperiment ?? '';
    expect(shares(scenario)).toEqual({
      'colors-stable': 60,
      'colors-canary': 20,
      [`${name}-baseline`]: 10,
      [`${name}-candidate`]: 10,
    });
    expect(canary?.weights).toMatchObject({
      stable: { weight: 60 },
      canary: { weight: 20 },
      additional: [
        { weight: 10, serviceName: `${name}-baseline` },
        { weight: 10, serviceName: `${name}-candidate` },
      ],
    });
    scenario.wait(60);
    expect(shares(scenario)).toEqual({
      'colors-stable': 80,
      'colors-canary': 20,
    });
    expect(scenario.status.canary?.weights?.additional).toBeUndefined();
    expectGolden('experiment-weights', scenario.log());
  });

  it('gives its traffic back to stable when a person aborts', () => {
    const scenario = weighted().wait(10).abort().wait(60);

    expect(shares(scenario)).toEqual({
      'colors-stable': 100,
      'colors-canary': 0,
    });
    expect(scenario.status.phase).toBe('Degraded');
  });

  it('waits with its traffic for a canary that still has too much', () => {
    const rollout = withSteps(colors(), [
      { setWeight: 80 },
      { pause: {} },
      { setWeight: 10 },
      {
        experiment: {
          templates: COMPARE.templates.map(each => ({ ...each, weight: 40 })),
        },
      },
    ]);
    Object.assign(rollout.spec.strategy?.canary ?? {}, {
      dynamicStableScale: true,
    });
    let stableIsSlow = false;
    const scenario = new Scenario({
      rollout,
      podLife: ({ spec, metadata }) =>
        stableIsSlow &&
        !metadata.name.endsWith('-baseline') &&
        spec.template.spec.containers[0]?.image?.endsWith(':blue')
          ? 30_000
          : 3_000,
    })
      .edit('open ports', ({ spec }) => {
        for (const each of spec.template?.spec.containers ?? []) {
          each.ports = [{ containerPort: 8080 }];
        }
      })
      .wait(30)
      .deploy('green')
      .wait(30);
    stableIsSlow = true;
    scenario.edit('skip two steps', ({ status }) => {
      Object.assign(status ?? {}, {
        currentStepIndex: 3,
        pauseConditions: undefined,
        controllerPause: undefined,
      });
    });

    scenario.wait(20);
    expect(scenario.status.canary?.weights).toMatchObject({
      canary: { weight: 80 },
      stable: { weight: 20 },
    });
    expect(scenario.status.canary?.weights?.additional).toBeUndefined();

    scenario.wait(40);
    expect(scenario.status.canary?.weights).toMatchObject({
      canary: { weight: 10 },
      stable: { weight: 10 },
      additional: [{ weight: 40 }, { weight: 40 }],
    });
  });

  it('gives its traffic back to stable when the strategy drops its router', () => {
    const scenario = weighted().wait(12);
    expect(Object.values(shares(scenario))).toContain(10);

    scenario.edit('blue-green', toBlueGreen).wait(20);

    expect(shares(scenario)).toEqual({
      'colors-stable': 100,
      'colors-canary': 0,
    });
    expect(scenario.status.canary).toBeUndefined();
    const reasons = scenario.turns
      .flatMap(({ plan }) => plan.events)
      .map(({ reason }) => reason);
    expect(reasons).not.toContain('TrafficRoutingLeft');
  });

  it('keeps its traffic until stable has a pod that could take it', () => {
    const { cluster, now } = weighted().wait(12);
    const snapshot = cluster.snapshot(now);
    const plan = planRollout(
      {
        ...snapshot,
        rollout: changed(snapshot.rollout),
        formerCanary: snapshot.rollout.spec.strategy?.canary,
        replicaSets: snapshot.replicaSets.map(each => ({
          ...each,
          status: { ...each.status, availableReplicas: 0 },
        })),
      },
      now,
    );

    expect(plan.status.canary?.weights?.additional).toHaveLength(2);
    expect(
      plan.writes.filter(({ resource }) => resource.kind === 'VirtualService'),
    ).toEqual([]);
  });

  it('is ended by an abort, though its traffic waits for stable', () => {
    const { cluster, now } = weighted().wait(12);
    const { rollout, replicaSets, ...snapshot } = cluster.snapshot(now);
    const { writes } = planRollout(
      {
        ...snapshot,
        rollout: {
          ...changed(rollout),
          status: { ...rollout.status, abort: true },
        },
        formerCanary: rollout.spec.strategy?.canary,
        replicaSets: replicaSets.map(each => ({
          ...each,
          status: { ...each.status, availableReplicas: 0 },
        })),
      },
      now,
    );

    expect(
      writes.filter(({ resource }) => resource.kind === 'Experiment'),
    ).toMatchObject([{ verb: 'patch', patch: { spec: { terminate: true } } }]);
  });

  it('says whom the routes are left to when nobody has seen the strategy before', () => {
    const { cluster, now } = weighted().wait(12);
    const snapshot = cluster.snapshot(now);
    const { events, status } = planRollout(
      { ...snapshot, rollout: changed(snapshot.rollout) },
      now,
    );

    expect(status.canary).toBeUndefined();
    expect(events).toContainEqual({
      type: 'Warning',
      reason: 'TrafficRoutingLeft',
      message: expect.stringMatching(
        /routes give 20 to colors-canary and 10 to .*baseline.* and 10 to .*candidate.*, and/,
      ),
    });
  });
});
