import type { Metric } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { DeliveryLoop } from './deliveryLoop';
import {
  ANALYSIS_RUNS,
  EVENTS,
  JOBS,
  startLiveCluster,
  type LiveCluster,
} from './__testUtils__/liveCluster';
import { startWebServer, type WebServer } from '../__testUtils__/webServer';

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

  const start = (allowedOrigins: string[] = []) => {
    loop = new DeliveryLoop({
      client: live.client,
      plan: ({ rollout }) => ({
        writes: [],
        status: rollout.status ?? {},
        events: [],
        reasons: [],
      }),
      egress: { allowedOrigins },
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
