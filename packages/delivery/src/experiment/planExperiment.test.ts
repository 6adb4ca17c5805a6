import type { Service } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { START } from '../simulate/testing/demo';
import { planExperiment } from './planExperiment';
import { ExperimentScenario } from './testing/experimentScenario';
import { experiment, version } from './testing/experiments';
import { created, fresh, snapshotOf } from './testing/experimentSnapshots';

const CHECK = { name: 'check', templateName: 'check' };

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
