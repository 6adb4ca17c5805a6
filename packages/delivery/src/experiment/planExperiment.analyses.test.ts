import { START } from '../simulate/testing/demo';
import { planExperiment } from './planExperiment';
import { ExperimentScenario } from './testing/experimentScenario';
import { analysisTemplate, experiment } from './testing/experiments';
import { created, fresh, snapshotOf } from './testing/experimentSnapshots';

const CHECK = { name: 'check', templateName: 'check' };

describe('the analyses', () => {
  it('begin from the time that is on record, with their arguments resolved', () => {
    const scenario = new ExperimentScenario(
      experiment({
        duration: '1m',
        analyses: [
          {
            ...CHECK,
            args: [
              {
                name: 'what',
                value:
                  '{{templates.purple.replicaset.name}} {{ experiment.availableAt }} {{experiment.finishedAt}}',
              },
            ],
          },
        ],
        dryRun: [{ metricName: 'latency' }],
        measurementRetention: [{ metricName: '.*', limit: 3 }],
        analysisRunMetadata: {
          labels: { team: 'colors' },
          annotations: { why: 'compare' },
        },
      }),
      {
        analysisTemplates: [
          analysisTemplate('check', [
            { name: 'what' },
            { name: 'kept', value: 'default' },
          ]),
        ],
      },
    ).wait(10);

    const [run] = scenario.objects.analysisRuns.values();
    expect(run).toMatchObject({
      metadata: {
        name: 'compare-check',
        labels: { team: 'colors' },
        annotations: { why: 'compare' },
        ownerReferences: [{ kind: 'Experiment', name: 'compare' }],
      },
      spec: {
        args: [
          {
            name: 'what',
            value: 'compare-purple 2026-01-01T00:00:03Z 2026-01-01T00:01:03Z',
          },
          { name: 'kept', value: 'default' },
        ],
        dryRun: [{ metricName: 'latency' }],
        measurementRetention: [{ metricName: '.*', limit: 3 }],
      },
    });
  });

  it.each([
    [
      [{ name: 'what', value: '{{templates.nope.podTemplateHash}}' }],
      "Failed to create AnalysisRun for analysis 'check': failed to resolve {{templates.nope.podTemplateHash}}",
    ],
    [
      [],
      "Failed to create AnalysisRun for analysis 'check': args.what was not resolved",
    ],
  ])('end in Error when an argument has no value', (args, message) => {
    const scenario = new ExperimentScenario(
      experiment({ analyses: [{ ...CHECK, args }] }),
      { analysisTemplates: [analysisTemplate('check', [{ name: 'what' }])] },
    ).wait(10);

    expect(scenario.status).toMatchObject({ phase: 'Error', message });
  });

  it('end in Error without their template, but not before it had time to appear', () => {
    const scenario = new ExperimentScenario(
      experiment({ analyses: [{ ...CHECK, templateName: 'nope' }] }),
      { podLife: () => undefined },
    );

    expect(scenario.wait(4).status.phase).toBe('Pending');
    expect(scenario.wait(2).status).toMatchObject({
      phase: 'Error',
      message: `AnalysisTemplate verification failed for analysis 'check': analysistemplates.argoproj.io "nope" not found`,
    });
  });

  it('start no pods before their template is there', () => {
    const analyses = [CHECK];
    const without = planExperiment(
      fresh({ analyses }, { analysisTemplates: {} }),
      START,
    );
    const [{ spec }] = created<any>(without.writes, 'ReplicaSet');
    expect(spec.replicas).toBe(0);

    const analysisTemplates = { check: analysisTemplate('check') };
    const scenario = new ExperimentScenario(
      experiment({ analyses: [{ ...CHECK, templateName: 'late' }] }),
      { podLife: () => 1_000 },
    ).wait(3);
    expect(scenario.status.phase).toBe('Pending');
    const snapshot = snapshotOf(scenario);
    const { writes } = planExperiment(
      {
        ...snapshot,
        analysisTemplates: { late: analysisTemplates.check },
      },
      scenario.now,
    );
    expect(writes.map(write => write.verb === 'patch' && write.patch)).toEqual([
      { spec: { replicas: 1 } },
      { spec: { replicas: 1 } },
    ]);
  });

  it('take over a run that a crash left unnamed', () => {
    const scenario = new ExperimentScenario(
      experiment({ analyses: [CHECK] }),
    ).wait(10);
    scenario.edit('the status was not written', ({ status }) => {
      delete status?.analysisRuns;
    });

    scenario.wait(5);

    expect([...scenario.objects.analysisRuns.keys()]).toEqual([
      'compare-check',
    ]);
    expect(scenario.status.analysisRuns?.[0]?.analysisRun).toBe(
      'compare-check',
    );
  });

  it('start a run again that somebody deleted, under its name', () => {
    const scenario = new ExperimentScenario(
      experiment({ analyses: [CHECK] }),
    ).wait(10);

    scenario.objects.analysisRuns.clear();
    scenario.wait(5);

    expect([...scenario.objects.analysisRuns.keys()]).toEqual([
      'compare-check',
    ]);
    expect(scenario.status.phase).toBe('Running');
  });

  it('tell the rollout that the experiment belongs to', () => {
    const scenario = new ExperimentScenario(
      experiment({ analyses: [CHECK] }),
    ).wait(10);

    expect(
      scenario.turns.flatMap(({ plan }) =>
        plan.ownerEvents.map(event => event.reason),
      ),
    ).toEqual(['AnalysisRunPending', 'AnalysisRunRunning']);
  });
});
