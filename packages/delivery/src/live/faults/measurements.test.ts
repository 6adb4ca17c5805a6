import { startWebServer } from '../../__testUtils__/webServer';
import { template } from '../__testUtils__/canary';
import { FaultBench, TEMPLATES } from '../__testUtils__/faultBench';
import { ANALYSIS_RUNS } from '../__testUtils__/liveCluster';

jest.setTimeout(120_000);

describe('faults of measurements', () => {
  let bench: FaultBench;

  beforeEach(async () => {
    bench = await FaultBench.start();
  });

  afterEach(() => bench.stop());

  it('20: a metric that hangs holds up neither its neighbours nor itself', async () => {
    const { live, web } = bench;
    const hanging = await startWebServer(() => {});
    live.cluster.api.create(TEMPLATES, template('hangs', hanging.origin));
    bench.control(live.client, { workers: 1, origins: [hanging.origin] });
    const run = (name: string, url: string) =>
      live.cluster.api.create(ANALYSIS_RUNS, {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AnalysisRun',
        metadata: { name, namespace: 'default' },
        spec: {
          metrics: [
            {
              name: 'rate',
              consecutiveErrorLimit: 0,
              provider: { web: { url, timeoutSeconds: 2 } },
            },
          ],
        },
      });
    const completed = (name: string) =>
      live.until(ANALYSIS_RUNS, 'default', name, ({ status }) =>
        Boolean(status?.completedAt),
      );

    run('hangs', hanging.origin);
    run('answers', web.origin);
    await completed('answers');
    expect(
      live.cluster.api.find(ANALYSIS_RUNS, 'default', 'hangs')?.status?.phase,
    ).toBe('Running');
    const { status } = await completed('hangs');
    hanging.stop();

    expect(status.message).toContain('no answer from');
    expect(status.phase).toBe('Error');
  });
});
