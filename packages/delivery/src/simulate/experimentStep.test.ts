import {
  POD_TEMPLATE_HASH_LABEL,
  type CanaryStep,
  type Rollout,
  type RolloutExperimentStep,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { VirtualService } from '../traffic/istio/istioObjects';
import type { AnalysisFate } from './analysisLife';
import { colors, search } from './testing/demo';
import { expectGolden } from './testing/golden';
import { Scenario } from './testing/scenario';

const COMPARE: RolloutExperimentStep = {
  duration: '20s',
  scaleDownDelaySeconds: 5,
  templates: [
    { name: 'baseline', specRef: 'stable' },
    { name: 'candidate', specRef: 'canary', replicas: 2 },
  ],
  analyses: [
    {
      name: 'compare',
      templateName: 'success-rate',
      requiredForCompletion: true,
    },
  ],
};

function withSteps(rollout: Rollout, steps: CanaryStep[]): Rollout {
  const canary = {
    ...rollout.spec.strategy?.canary,
    steps,
    analysis: undefined,
  };
  return { ...rollout, spec: { ...rollout.spec, strategy: { canary } } };
}

/** By replica count: a fifth, an experiment, then a person. */
function experimenting(
  phase: AnalysisFate['phase'] | undefined,
  change: Partial<RolloutExperimentStep> = {},
): Scenario {
  return new Scenario({
    rollout: withSteps(search(), [
      { setWeight: 20 },
      { experiment: { ...COMPARE, ...change } },
      { pause: {} },
    ]),
    analysisFate: () =>
      phase && { afterMilliseconds: 8_000, phase, message: `it ${phase}` },
  })
    .wait(30)
    .deploy('green');
}

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

const namesOf = (scenario: Scenario) => {
  const { currentPodHash = '' } = scenario.status;
  return [...scenario.cluster.experiments.values()].map(
    ({ metadata, spec, status }) =>
      `${metadata.name.replaceAll(currentPodHash, 'HASH')} ${status?.phase}${spec.terminate ? ' (terminated)' : ''}`,
  );
};

const shares = (scenario: Scenario): Record<string, number> => {
  const [route] = scenario.cluster.routes.values() as Iterable<VirtualService>;
  return Object.fromEntries(
    (route?.spec?.http?.[0]?.route ?? []).map(each => [
      each.destination?.host ?? '',
      each.weight ?? 0,
    ]),
  );
};

describe('an experiment as a step', () => {
  it('goes on to the next step when the experiment succeeds', () => {
    const scenario = experimenting('Successful').wait(60);

    expect(scenario.status).toMatchObject({
      phase: 'Paused',
      currentStepIndex: 2,
      canary: { currentExperiment: undefined },
    });
    expect(namesOf(scenario)).toEqual(['search-HASH-2-1 Successful']);
    expectGolden('experiment-step', scenario.log());
  });

  it('has versions of the two revisions, with hashes of their own', () => {
    const scenario = experimenting(undefined, {
      templates: [
        {
          name: 'baseline',
          specRef: 'stable',
          metadata: { labels: { side: 'a' }, annotations: { note: 'b' } },
          service: { name: 'front' },
        },
        {
          name: 'candidate',
          specRef: 'canary',
          selector: { matchLabels: { side: 'c' } },
          metadata: { labels: { side: 'c' } },
        },
      ],
      analyses: [
        {
          name: 'compare',
          templateName: 'success-rate',
          args: [
            {
              name: 'stable',
              valueFrom: { podTemplateHashValue: 'Stable' },
            },
            {
              name: 'name',
              valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
            },
            { name: 'own', value: '{{templates.baseline.podTemplateHash}}' },
          ],
        },
      ],
      dryRun: [{ metricName: 'x' }],
      analysisRunMetadata: { labels: { for: 'experiment' } },
    }).wait(15);

    const [experiment] = scenario.cluster.experiments.values();
    const { stableRS, currentPodHash } = scenario.status;
    const [baseline, candidate] = experiment?.spec.templates ?? [];
    expect(experiment).toMatchObject({
      metadata: {
        labels: { [POD_TEMPLATE_HASH_LABEL]: currentPodHash },
        annotations: { 'rollout.argoproj.io/revision': '2' },
        ownerReferences: [{ kind: 'Rollout', name: 'search' }],
      },
      spec: {
        dryRun: [{ metricName: 'x' }],
        analysisRunMetadata: { labels: { for: 'experiment' } },
        analyses: [
          {
            args: [
              { name: 'stable', value: stableRS },
              { name: 'name', value: 'search' },
              { name: 'own', value: '{{templates.baseline.podTemplateHash}}' },
            ],
          },
        ],
      },
    });
    expect(baseline).toMatchObject({
      selector: { matchLabels: { app: 'search', side: 'a' } },
      service: { name: 'front' },
      template: {
        metadata: {
          labels: { app: 'search', side: 'a' },
          annotations: { note: 'b' },
        },
        spec: { containers: [{ image: 'demo/search:blue' }] },
      },
    });
    expect(candidate).toMatchObject({
      selector: { matchLabels: { side: 'c' } },
      template: { spec: { containers: [{ image: 'demo/search:green' }] } },
    });
    const hashes = [...scenario.cluster.replicaSets.values()].map(
      ({ metadata }) => metadata.labels?.[POD_TEMPLATE_HASH_LABEL],
    );
    expect(new Set(hashes).size).toBe(4);
  });

  it('aborts when it fails, and a retry runs another one', () => {
    const scenario = experimenting('Failed').wait(30);

    expect(scenario.status).toMatchObject({
      abort: true,
      message:
        'RolloutAborted: Rollout aborted update to revision 2: Experiment analysis phase is error/failed: it Failed',
      canary: { currentExperiment: undefined },
    });
    scenario.retry().wait(30);
    expect(namesOf(scenario)).toEqual([
      'search-HASH-2-1 Failed',
      'search-HASH-2-1-1 Failed',
    ]);
    expectGolden('experiment-failed', scenario.log());
  });

  it('asks a person when it is inconclusive: promote runs it again, once', () => {
    const scenario = experimenting('Inconclusive').wait(120);

    expect(scenario.status).toMatchObject({
      phase: 'Paused',
      message: 'InconclusiveExperiment',
      currentStepIndex: 1,
    });
    expect(namesOf(scenario)).toEqual(['search-HASH-2-1 Inconclusive']);
    scenario.promote().wait(120);
    expect(namesOf(scenario)).toEqual([
      'search-HASH-2-1 Inconclusive',
      'search-HASH-2-1-1 Inconclusive',
    ]);
    scenario
      .edit('skip the step', ({ status }) => {
        if (status) status.currentStepIndex = 2;
      })
      .wait(10);
    expect(scenario.status).toMatchObject({
      currentStepIndex: 2,
      message: 'CanaryPauseStep',
    });
  });

  it.each<[string, (scenario: Scenario) => Scenario]>([
    ['an abort', scenario => scenario.abort()],
    ['a new template', scenario => scenario.deploy('red')],
    ['a full promotion', scenario => scenario.promoteFull()],
    [
      'a skipped step',
      scenario =>
        scenario.edit('skip', ({ status }) => {
          if (status) status.currentStepIndex = 2;
        }),
    ],
  ])('is ended by %s', (_what, act) => {
    const scenario = experimenting(undefined).wait(20);
    const [first] = scenario.cluster.experiments.keys();
    expect(scenario.status.canary?.currentExperiment).toBe(first);

    act(scenario).wait(4);

    expect(scenario.cluster.experiments.get(first ?? '')).toMatchObject({
      spec: { terminate: true },
      status: { phase: 'Successful' },
    });
    expect(scenario.status.canary?.currentExperiment).not.toBe(first);
  });

  it('is taken over when a crash came before the status named it', () => {
    const scenario = experimenting(undefined).wait(20);
    scenario
      .edit('the status was not written', ({ status }) => {
        delete status?.canary?.currentExperiment;
      })
      .wait(5);

    expect(namesOf(scenario)).toEqual(['search-HASH-2-1 Running']);
    expect(scenario.status.canary?.currentExperiment).toBeDefined();
  });

  it('is made again when somebody deletes it, and never aborts for it', () => {
    const scenario = experimenting('Successful').wait(10);
    scenario.cluster.experiments.clear();

    scenario.wait(60);

    expect(scenario.status).toMatchObject({
      abort: undefined,
      currentStepIndex: 2,
    });
  });

  it('is forgotten beyond the history limits', () => {
    const scenario = experimenting('Successful');
    scenario.edit('keep one', ({ spec }) => {
      spec.analysis = { successfulRunHistoryLimit: 1 };
    });
    for (const tag of ['red', 'yellow', 'purple']) {
      scenario.wait(60).promote().wait(120).deploy(tag);
    }
    scenario.wait(60);

    expect(scenario.cluster.experiments.size).toBe(1);
    expect(scenario.cluster.revisions().length).toBeLessThan(10);
  });

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

  it('says whom the routes are left to when the strategy drops its router', () => {
    const scenario = weighted().wait(12);
    expect(Object.values(shares(scenario))).toContain(10);

    scenario
      .edit('blue-green', ({ spec }) => {
        spec.strategy = { blueGreen: { activeService: 'colors-stable' } };
      })
      .wait(20);

    const said = scenario.turns
      .flatMap(({ plan }) => plan.events)
      .filter(({ reason }) => reason === 'TrafficRoutingLeft');
    expect(said).toEqual([
      expect.objectContaining({
        type: 'Warning',
        message: expect.stringMatching(
          /routes give 20 to colors-canary and 10 to .*baseline.* and 10 to .*candidate.*, and/,
        ),
      }),
    ]);
  });
});
