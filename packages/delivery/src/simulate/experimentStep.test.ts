import { POD_TEMPLATE_HASH_LABEL } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { experimenting } from './testing/experimentScenario';
import { expectGolden } from './testing/golden';
import type { Scenario } from './testing/scenario';

const namesOf = (scenario: Scenario) => {
  const { currentPodHash = '' } = scenario.status;
  return [...scenario.cluster.experiments.values()].map(
    ({ metadata, spec, status }) =>
      `${metadata.name.replaceAll(currentPodHash, 'HASH')} ${status?.phase}${spec.terminate ? ' (terminated)' : ''}`,
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
});
