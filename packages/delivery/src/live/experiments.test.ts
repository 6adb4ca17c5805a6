import type {
  ExperimentSpec,
  ExperimentTemplate,
} from '@progressive-delivery/backstage-plugin-rollouts-common';
import { startWebServer, type WebServer } from '../__testUtils__/webServer';
import { template } from './__testUtils__/canary';
import {
  ANALYSIS_RUNS,
  EVENTS,
  startLiveCluster,
  type LiveCluster,
} from './__testUtils__/liveCluster';
import {
  startDeliveryController,
  type DeliveryController,
} from './startDeliveryController';

jest.setTimeout(60_000);

const EXPERIMENTS = { group: 'argoproj.io', resource: 'experiments' };
const REPLICA_SETS = { group: 'apps', resource: 'replicasets' };
const SERVICES = { group: '', resource: 'services' };
const TEMPLATES = { group: 'argoproj.io', resource: 'analysistemplates' };

function version(
  name: string,
  change: Partial<ExperimentTemplate> = {},
): ExperimentTemplate {
  const labels = { app: 'colors', version: name };
  return {
    name,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [
          {
            name: 'c',
            image: `demo/colors:${name}`,
            ports: [{ containerPort: 8080 }],
          },
        ],
      },
    },
    ...change,
  };
}

describe('Experiments on a cluster', () => {
  let live: LiveCluster;
  let controller: DeliveryController;
  let server: WebServer;

  beforeEach(async () => {
    live = await startLiveCluster();
    server = await startWebServer((request, response) =>
      response.end(`{"rate":${request.url?.slice(1)}}`),
    );
    for (const [name, rate] of Object.entries({ good: 0.99, bad: 0.5 })) {
      live.cluster.api.create(
        TEMPLATES,
        template(name, `${server.origin}/${rate}`),
      );
    }
    controller = await startDeliveryController({
      client: live.client,
      egress: { allowedOrigins: [server.origin] },
    });
  });

  afterEach(async () => {
    await controller.stop();
    server.stop();
    await live.stop();
  });

  const create = (spec: Partial<ExperimentSpec>) =>
    live.cluster.api.create(EXPERIMENTS, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Experiment',
      metadata: { name: 'compare', namespace: 'default' },
      spec: {
        scaleDownDelaySeconds: 0,
        templates: [version('blue', { service: {} }), version('green')],
        ...spec,
      },
    });
  const until = (phase: string) =>
    live.until(
      EXPERIMENTS,
      'default',
      'compare',
      ({ status }) => status?.phase === phase,
    );
  const patch = (body: unknown) =>
    live.cluster.api.patch(EXPERIMENTS, 'default', 'compare', body, {
      type: 'merge',
    });
  const pods = () =>
    live.cluster.api
      .list(REPLICA_SETS)
      .map(({ metadata, spec }) => [metadata.name, spec.replicas]);
  const reasons = () => live.cluster.api.list(EVENTS).map(each => each.reason);

  it('runs versions and their analysis, and clears up', async () => {
    create({
      analyses: [
        { name: 'check', templateName: 'good', requiredForCompletion: true },
      ],
    });
    await until('Running');

    expect(
      live.cluster.api
        .list(SERVICES, { namespace: 'default' })
        .flatMap(({ metadata, spec }) =>
          metadata.ownerReferences
            ? [[metadata.name, spec.selector.version]]
            : [],
        ),
    ).toEqual([['compare-blue', 'blue']]);
    const { status } = await until('Successful');
    expect(status.message).toBe('Required AnalysisRuns completed');
    expect(status.analysisRuns).toEqual([
      { name: 'check', analysisRun: 'compare-check', phase: 'Successful' },
    ]);
    await live.until(
      REPLICA_SETS,
      'default',
      'compare-green',
      ({ spec }) => spec.replicas === 0,
    );
    expect(pods()).toEqual([
      ['compare-blue', 0],
      ['compare-green', 0],
    ]);
    expect(
      live.cluster.api.find(SERVICES, 'default', 'compare-blue'),
    ).toBeUndefined();
    await controller.stop();
    expect(reasons()).toEqual(
      expect.arrayContaining([
        'ScalingReplicaSet',
        'TemplateRunning',
        'ExperimentRunning',
        'AnalysisRunSuccessful',
        'ExperimentSuccessful',
      ]),
    );
  });

  it('starts over after a failure when somebody retries', async () => {
    create({ analyses: [{ name: 'check', templateName: 'bad' }] });
    const { status: failed } = await until('Failed');

    patch({ status: null });
    const { status } = await live.until(
      EXPERIMENTS,
      'default',
      'compare',
      each => each.status?.analysisRuns?.[0]?.analysisRun === 'compare-check.1',
    );

    expect(failed.message).toMatch(/^Metric "rate" assessed Failed/);
    expect(status.availableAt).toBeDefined();
    await until('Failed');
    expect(
      live.cluster.api.list(ANALYSIS_RUNS).map(({ metadata }) => metadata.name),
    ).toEqual(['compare-check', 'compare-check.1']);
  });

  it('ends when somebody terminates it', async () => {
    create({ duration: '1h' });
    await until('Running');

    patch({ spec: { terminate: true } });

    const { status } = await until('Successful');
    expect(status.templateStatuses.map((each: any) => each.status)).toEqual([
      'Successful',
      'Successful',
    ]);
    await live.until(
      REPLICA_SETS,
      'default',
      'compare-blue',
      ({ spec }) => spec.replicas === 0,
    );
  });

  it('gives way to a ReplicaSet of somebody else that holds the name', async () => {
    const foreign = version('blue');
    live.cluster.api.create(REPLICA_SETS, {
      apiVersion: 'apps/v1',
      kind: 'ReplicaSet',
      metadata: { name: 'compare-blue', namespace: 'default' },
      spec: {
        replicas: 0,
        selector: foreign.selector,
        template: foreign.template,
      },
    });
    create({ duration: '1s' });

    await until('Successful');

    expect(pods().map(([name]) => name)).toEqual([
      'compare-blue',
      'compare-blue-1',
      'compare-green',
    ]);
  });

  it('ends in Error with the words of the API server when that refuses its pods', async () => {
    create({
      templates: [
        version('blue', { selector: { matchLabels: { app: 'other' } } }),
      ],
    });

    const { status } = await until('Error');

    expect(status.message).toMatch(
      /^Failed to create ReplicaSet for template 'blue': .*selector.*does not match/,
    );
    expect(controller.state().failing).toEqual([]);
  });
});
