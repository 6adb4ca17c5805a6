import type {
  Experiment,
  ExperimentSpec,
  Service,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { START } from '../simulate/testing/demo';
import type { Write } from '../rollout/plan';
import { planExperiment } from './planExperiment';
import type { ExperimentSnapshot } from './snapshot';
import { ExperimentScenario } from './testing/experimentScenario';
import { analysisTemplate, experiment, version } from './testing/experiments';

const CHECK = { name: 'check', templateName: 'check' };

/** The snapshot that the next turn is about. */
function snapshotOf(scenario: ExperimentScenario): ExperimentSnapshot {
  const [snapshot] = scenario.objects.experimentSnapshots(scenario.now);
  if (!snapshot) throw new Error('no experiment');
  return snapshot;
}

/** Of a fresh experiment, with what else is there. */
function fresh(
  spec: Partial<ExperimentSpec> = {},
  change: Partial<ExperimentSnapshot> = {},
): ExperimentSnapshot {
  return {
    ...snapshotOf(new ExperimentScenario(experiment(spec))),
    ...change,
  };
}

function created<T>(writes: Write[], kind: string): T[] {
  return writes.flatMap(write =>
    write.verb === 'create' && write.object.kind === kind
      ? [write.object as T]
      : [],
  );
}

describe('the objects of a template', () => {
  it('are a Service first and a ReplicaSet, owned by the experiment', () => {
    const { writes } = planExperiment(
      fresh({
        templates: [
          version('purple', { service: {}, minReadySeconds: 4, replicas: 3 }),
        ],
      }),
      START,
    );

    expect(writes.map(write => write.verb)).toEqual(['create', 'create']);
    const [service] = created<any>(writes, 'Service');
    const [replicaSet] = created<any>(writes, 'ReplicaSet');
    const hash = replicaSet.metadata.labels['rollouts-pod-template-hash'];
    expect(replicaSet).toMatchObject({
      metadata: {
        name: 'compare-purple',
        annotations: {
          'experiment.argoproj.io/name': 'compare',
          'experiment.argoproj.io/template-name': 'purple',
        },
        ownerReferences: [
          { kind: 'Experiment', name: 'compare', controller: true },
        ],
      },
      spec: {
        replicas: 3,
        minReadySeconds: 4,
        selector: {
          matchLabels: {
            app: 'colors',
            version: 'purple',
            'rollouts-pod-template-hash': hash,
          },
        },
      },
    });
    expect(service).toMatchObject({
      metadata: {
        name: 'compare-purple',
        ownerReferences: [{ kind: 'Experiment', name: 'compare' }],
      },
      spec: {
        selector: replicaSet.spec.selector.matchLabels,
        ports: [
          { name: 'http', port: 8080, targetPort: 8080, protocol: 'TCP' },
        ],
      },
    });
  });

  it('have a hash of their own for each template, also of one pod template', () => {
    const { writes } = planExperiment(
      fresh({
        templates: [
          version('purple', { name: 'a' }),
          version('purple', { name: 'b' }),
        ],
      }),
      START,
    );

    const hashes = created<any>(writes, 'ReplicaSet').map(
      each => each.metadata.labels['rollouts-pod-template-hash'],
    );
    expect(new Set(hashes).size).toBe(2);
  });

  it('are no Service when no container has a port', () => {
    const bare = version('purple', { service: {} });
    bare.template.spec.containers = [{ name: 'c', image: 'x' }];

    const { writes } = planExperiment(fresh({ templates: [bare] }), START);

    expect(created(writes, 'Service')).toEqual([]);
  });

  it('take another name when somebody holds theirs, and remember it', () => {
    const plan = planExperiment(
      fresh({}, { takenReplicaSetNames: ['compare-purple'] }),
      START,
    );

    expect(
      created<any>(plan.writes, 'ReplicaSet').map(each => each.metadata.name),
    ).toEqual(['compare-purple-1', 'compare-orange']);
    expect(plan.status.templateStatuses?.[0]?.collisionCount).toBe(1);
  });

  it('make the template an Error when its service belongs to somebody else', () => {
    const held: Service = {
      metadata: { name: 'front', namespace: 'demo', uid: 'other' },
      spec: {},
    };
    const plan = planExperiment(
      fresh(
        { templates: [version('purple', { service: { name: 'front' } })] },
        { services: [held] },
      ),
      START,
    );

    expect(plan.writes).toEqual([]);
    expect(plan.status.templateStatuses?.[0]).toMatchObject({
      status: 'Error',
      message:
        "Failed to create Service front for template 'purple': service front already exists and is not owned by experiment template purple",
    });
  });

  it('make it an Error when the API server refuses the ReplicaSet', () => {
    const snapshot = fresh(
      { templates: [version('purple')] },
      { refusals: { 'ReplicaSet/compare-purple': 'selector does not match' } },
    );

    const { status, events } = planExperiment(snapshot, START);

    expect(status.templateStatuses?.[0]?.message).toBe(
      "Failed to create ReplicaSet for template 'purple': selector does not match",
    );
    expect(events).toContainEqual({
      type: 'Warning',
      reason: 'TemplateError',
      message:
        "Template 'purple' transitioned from  -> Error: Failed to create ReplicaSet for template 'purple': selector does not match",
    });
  });

  it('leave the experiment Pending again when a pod is lost', () => {
    const scenario = new ExperimentScenario(experiment()).wait(10);
    const [pod] = scenario.objects.pods.objects(
      [...scenario.objects.replicaSets.values()][0]!,
      scenario.now,
    );
    scenario.objects.pods.evict(pod?.metadata.name ?? '', scenario.now);

    expect(scenario.wait(1).status.phase).toBe('Pending');
    expect(scenario.wait(5).status.phase).toBe('Running');
  });

  it('follow a changed number of replicas', () => {
    const scenario = new ExperimentScenario(experiment()).wait(10);

    scenario.edit('scale', ({ spec }) => {
      Object.assign(spec.templates[0] ?? {}, { replicas: 3 });
    });

    expect(scenario.wait(5).replicas).toEqual({
      'compare-purple': 3,
      'compare-orange': 1,
    });
  });
});

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

describe('the end', () => {
  it('comes without a run when nothing was available yet', () => {
    const scenario = new ExperimentScenario(
      experiment({ analyses: [{ ...CHECK, requiredForCompletion: true }] }),
      { podLife: () => undefined },
    ).wait(5);

    scenario.terminate().wait(5);

    expect(scenario.status.phase).toBe('Successful');
    expect(scenario.objects.analysisRuns.size).toBe(0);
  });

  it('is Error when a required run was deleted meanwhile', () => {
    const scenario = new ExperimentScenario(
      experiment({ analyses: [{ ...CHECK, requiredForCompletion: true }] }),
    ).wait(10);
    scenario.objects.analysisRuns.clear();

    expect(scenario.terminate().wait(5).status).toMatchObject({
      phase: 'Error',
      message: 'analysisruns.argoproj.io "compare-check" not found',
    });
  });

  it('comes by the duration only while all pods are available', () => {
    const scenario = new ExperimentScenario(
      experiment({ duration: '10s', progressDeadlineSeconds: 60 }),
    ).wait(10);
    const [replicaSet] = scenario.objects.replicaSets.values();
    const [pod] = scenario.objects.pods.objects(replicaSet!, scenario.now);
    scenario.now += 2_500;
    scenario.objects.pods.evict(pod?.metadata.name ?? '', scenario.now);

    expect(scenario.wait(1).status.phase).toBe('Pending');
    expect(scenario.wait(5).status.phase).toBe('Successful');
  });

  it('leaves pods and Service until no traffic is routed to them', () => {
    const scenario = new ExperimentScenario(
      experiment({
        duration: '5s',
        scaleDownDelaySeconds: 0,
        templates: [version('purple', { service: {} })],
      }),
    ).wait(4);
    const [replicaSet] = scenario.objects.replicaSets.values();
    const snapshot = snapshotOf(scenario);
    snapshot.experiment = {
      ...snapshot.experiment,
      status: { ...scenario.status, phase: 'Successful' },
    };
    const routedHashes = [
      replicaSet?.metadata.labels?.['rollouts-pod-template-hash'] ?? '',
    ];

    const routed = planExperiment({ ...snapshot, routedHashes }, scenario.now);
    const released = planExperiment(snapshot, scenario.now);

    expect(routed.writes).toEqual([]);
    expect(routed.reasons).toContain(
      'compare-purple stays: traffic is still routed to it',
    );
    expect(released.writes.map(write => write.verb)).toEqual([
      'delete',
      'patch',
    ]);
  });

  it('leaves an experiment alone that is being deleted', () => {
    const snapshot = fresh();
    snapshot.experiment.metadata.deletionTimestamp = '2026-01-01T00:00:00Z';

    expect(planExperiment(snapshot, START).writes).toEqual([]);
  });
});

describe('a crash', () => {
  const spec: Partial<ExperimentSpec> = {
    duration: '10s',
    scaleDownDelaySeconds: 5,
    templates: [version('purple', { service: {} }), version('orange')],
    analyses: [CHECK],
  };
  const end = (scenario: ExperimentScenario) => ({
    phase: scenario.status.phase,
    replicas: scenario.replicas,
    services: [...scenario.objects.services.keys()],
    runs: [...scenario.objects.analysisRuns.keys()],
  });

  it('before any of the writes, or the status, comes to the same end', () => {
    const undisturbed = new ExperimentScenario(experiment(spec)).wait(60);
    const writes = undisturbed.turns.reduce(
      (sum, { plan }) => sum + plan.writes.length + 1,
      0,
    );
    expect(writes).toBeGreaterThan(10);

    for (let allowed = 0; allowed < writes; allowed++) {
      const scenario = new ExperimentScenario(experiment(spec));
      let left = allowed;
      const { objects } = scenario;
      const apply = objects.apply.bind(objects);
      const record = objects.setExperimentStatus.bind(objects);
      objects.apply = (write, now) => {
        if (left-- !== 0) apply(write, now);
      };
      objects.setExperimentStatus = (name, status) => {
        if (left-- !== 0) record(name, status);
      };

      scenario.wait(60);

      expect({ allowed, ...end(scenario) }).toEqual({
        allowed,
        ...end(undisturbed),
      });
    }
  });
});

describe('a manifest that cannot be carried out', () => {
  const changed = (change: (experiment: Experiment) => void) => {
    const each = experiment({ duration: '1m', analyses: [CHECK] });
    change(each);
    return each;
  };

  it.each<[string, (experiment: Experiment) => void, string]>([
    [
      'no templates',
      ({ spec }) => spec.templates.splice(0),
      'spec.templates: Required value: name at least one template',
    ],
    [
      'a repeated name',
      ({ spec }) => spec.templates.push(version('purple')),
      `spec.templates[2].name: Invalid value: "purple": repeated template name 'purple'`,
    ],
    [
      'an empty name',
      ({ spec }) => spec.templates.push(version('')),
      'spec.templates[2].name: Required value: empty template name at index 2',
    ],
    [
      'a selector for everything',
      ({ spec }) =>
        Object.assign(spec.templates[0] ?? {}, {
          selector: {},
        }),
      'spec.templates[0].selector: Invalid value: {}: This experiment is selecting all pods at index 0. A non-empty selector is required.',
    ],
    [
      'no selector',
      ({ spec }) =>
        Object.assign(spec.templates[1] ?? {}, { selector: undefined }),
      'spec.templates[1].selector: Required value: Experiment has missing field .Spec.Templates[1].Selector',
    ],
    [
      'a readiness that takes longer than the deadline',
      ({ spec }) => {
        spec.progressDeadlineSeconds = 10;
        Object.assign(spec.templates[0] ?? {}, { minReadySeconds: 11 });
      },
      'spec.templates[0].minReadySeconds: Invalid value: 11: MinReadySeconds cannot be longer than ProgressDeadlineSeconds. Check template index 0',
    ],
    [
      'a duration that is none',
      ({ spec }) => Object.assign(spec, { duration: 'soon' }),
      'spec.duration: Invalid value: "soon": is no duration (use e.g. 30s, 5m, 1h)',
    ],
    [
      'a negative delay',
      ({ spec }) => Object.assign(spec, { scaleDownDelaySeconds: -1 }),
      'spec.scaleDownDelaySeconds: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      'an analysis without a template',
      ({ spec }) =>
        Object.assign(spec.analyses?.[0] ?? {}, CHECK, { templateName: '' }),
      'spec.analyses[0].templateName: Required value: name an AnalysisTemplate',
    ],
    [
      'nonsense',
      each => Object.assign(each, { spec: null }),
      'spec: Invalid value: cannot be read',
    ],
  ])('%s', (_what, change, message) => {
    const snapshot = { ...fresh(), experiment: changed(change) };

    const plan = planExperiment(snapshot, START);

    expect(plan.writes).toEqual([]);
    expect(plan.status.conditions).toEqual([
      expect.objectContaining({
        type: 'InvalidSpec',
        status: 'True',
        message: expect.stringContaining(
          `The Experiment "compare" is invalid: ${message}`,
        ),
      }),
    ]);
    expect(plan.events.map(event => event.reason)).toEqual(['InvalidSpec']);
  });

  it('goes on once it is corrected', () => {
    const scenario = new ExperimentScenario(
      experiment({ duration: 'soon' }),
    ).wait(5);
    expect(scenario.replicas).toEqual({});

    scenario
      .edit('correct', ({ spec }) => {
        spec.duration = '5s';
      })
      .wait(20);

    expect(scenario.status.phase).toBe('Successful');
    expect(scenario.status.conditions?.map(each => each.type)).toEqual([
      'Progressing',
    ]);
  });
});
