import type { Metric } from '@progressive-delivery/backstage-plugin-rollouts-common';
import type { StoredObject } from '@progressive-delivery/local-cluster';
import { DeliveryLoop } from './deliveryLoop';
import {
  ANALYSIS_RUNS,
  EVENTS,
  JOBS,
  startLiveCluster,
  type LiveCluster,
} from './__testUtils__/liveCluster';
import type { JobPlace } from './jobClient';
import { startWebServer, type WebServer } from '../__testUtils__/webServer';

const NAMESPACES = { group: '', resource: 'namespaces' };

jest.setTimeout(60_000);

describe('AnalysisRuns on a cluster', () => {
  let live: LiveCluster;
  let loop: DeliveryLoop;
  const servers: WebServer[] = [];

  beforeEach(async () => {
    live = await startLiveCluster();
  });

  afterEach(async () => {
    await loop.stop();
    for (const server of servers.splice(0)) {
      server.stop();
    }
    await live.stop();
  });

  const start = (allowedOrigins: string[] = [], jobs?: JobPlace) => {
    loop = new DeliveryLoop({
      client: live.client,
      plan: ({ rollout }) => ({
        writes: [],
        status: rollout.status ?? {},
        events: [],
        reasons: [],
      }),
      egress: { allowedOrigins },
      jobs,
      mayAct: () => true,
    });
    loop.view.onStatus(() => loop.view.ready && loop.resync());
    loop.start();
  };

  const create = (metric: Omit<Metric, 'name'>) =>
    live.cluster.api.create(ANALYSIS_RUNS, {
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AnalysisRun',
      metadata: { name: 'check', namespace: 'default' },
      spec: { metrics: [{ name: 'rate', ...metric }] },
    });

  const completed = () =>
    live.until(ANALYSIS_RUNS, 'default', 'check', ({ status }) =>
      Boolean(status?.completedAt),
    );

  it('measures until the limit of failures is passed, and says so', async () => {
    const bodies = ['{"rate":0.99}', '{"rate":0.5}', '{"rate":0.4}'];
    const server = await startWebServer((_, response) =>
      response.end(bodies.shift()),
    );
    const { origin } = server;
    servers.push(server);
    start([origin]);

    create({
      interval: '1s',
      failureLimit: 1,
      successCondition: 'result >= 0.95',
      provider: { web: { url: origin, jsonPath: '{$.rate}' } },
    });
    const { status } = await completed();

    expect(status.message).toBe(
      'Metric "rate" assessed Failed due to failed (2) > failureLimit (1)',
    );
    expect(
      status.metricResults[0].measurements.map((each: any) => each.value),
    ).toEqual(['0.99', '0.5', '0.4']);
    await loop.stop();
    expect(live.cluster.api.list(EVENTS).map(event => event.reason)).toEqual(
      expect.arrayContaining(['MetricFailed', 'AnalysisRunFailed']),
    );
  });

  it('runs a Job to its end', async () => {
    start();

    create({
      provider: {
        job: {
          spec: {
            backoffLimit: 0,
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [
                  {
                    name: 'c',
                    image: 'busybox',
                    command: ['sh', '-c', 'exit 1'],
                  },
                ],
              },
            },
          },
        },
      },
    });
    const { status } = await completed();

    expect(status.phase).toBe('Failed');
    const [job] = live.cluster.api.list(JOBS, { namespace: 'default' });
    expect(status.metricResults[0].measurements[0].metadata['job-name']).toBe(
      job?.metadata.name,
    );
  });

  it('deletes the Job of a run that is terminated', async () => {
    start();
    create({
      provider: {
        job: {
          spec: {
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [
                  { name: 'c', image: 'busybox', command: ['sleep', '1000'] },
                ],
              },
            },
          },
        },
      },
    });
    await live.until(
      ANALYSIS_RUNS,
      'default',
      'check',
      ({ status }) => status?.metricResults?.length,
    );

    live.cluster.api.patch(
      ANALYSIS_RUNS,
      'default',
      'check',
      { spec: { terminate: true } },
      { type: 'merge' },
    );
    const { status } = await completed();

    expect(status.message).toBe('Run Terminated');
    expect(
      live.cluster.api
        .list(JOBS)
        .filter(({ metadata }) => !metadata.deletionTimestamp),
    ).toEqual([]);
  });

  const running = (command: string) => ({
    template: {
      spec: {
        restartPolicy: 'Never',
        containers: [
          { name: 'c', image: 'busybox', command: ['sh', '-c', command] },
        ],
      },
    },
  });
  const jobOf = (run: StoredObject) =>
    run.status.metricResults[0].measurements[0].metadata;

  it('runs Jobs in the namespace that the operator says, where nothing owns them', async () => {
    live.cluster.api.create(NAMESPACES, {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'jobs' },
    });
    start([], { namespace: 'jobs' });
    create({ provider: { job: { spec: running('exit 0') } } });
    const run = await completed();

    expect(run.status.phase).toBe('Successful');
    expect(jobOf(run)).toMatchObject({ 'job-namespace': 'jobs' });
    const [job, ...others] = live.cluster.api.list(JOBS);
    expect(others).toEqual([]);
    expect(job?.metadata).toMatchObject({
      namespace: 'jobs',
      labels: { 'analysisrun.argoproj.io/uid': run.metadata.uid },
    });
    expect(job?.metadata.ownerReferences).toBeUndefined();
  });

  it('runs Jobs in the cluster that the operator says', async () => {
    const other = await startLiveCluster();
    try {
      start([], { client: other.client });
      create({ provider: { job: { spec: running('exit 0') } } });
      const run = await completed();

      expect(run.status.phase).toBe('Successful');
      expect(live.cluster.api.list(JOBS)).toEqual([]);
      const [job] = other.cluster.api.list(JOBS);
      expect(job?.metadata.name).toBe(jobOf(run)['job-name']);
      expect(job?.metadata.ownerReferences).toBeUndefined();
    } finally {
      await other.stop();
    }
  });

  it('refuses a loopback address that nobody allowed, and says what to do', async () => {
    const server = await startWebServer((_, response) => response.end('{}'));
    const { origin } = server;
    servers.push(server);
    start();

    create({
      consecutiveErrorLimit: 0,
      provider: { web: { url: origin } },
    });
    const { status } = await completed();

    expect(status.phase).toBe('Error');
    expect(status.message).toMatch(/loopback.*ask the operator/);
  });
});
