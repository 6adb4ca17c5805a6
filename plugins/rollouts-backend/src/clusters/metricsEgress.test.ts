import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { systemClock } from '@progressive-delivery/kube';
import {
  startTestCluster,
  type TestCluster,
} from '../__testUtils__/testCluster';
import { eventually } from '../__testUtils__/testPortal';
import { Fleet } from './Fleet';
import { readRolloutsConfig } from './RolloutsConfig';

jest.setTimeout(60_000);

const RUNS = { group: 'argoproj.io', resource: 'analysisruns' };

describe('rollouts.metrics', () => {
  it('reaches what is listed only, with certificates checked, unless told otherwise', () => {
    const read = (rollouts: object) =>
      readRolloutsConfig(new ConfigReader({ rollouts })).metrics;
    expect(read({})).toEqual({
      allowedOrigins: [],
      onlyAllowed: true,
      allowInsecure: false,
    });
    expect(
      read({ metrics: { onlyAllowed: false, allowInsecure: true } }),
    ).toMatchObject({ onlyAllowed: false, allowInsecure: true });
  });

  it('reaches the address for metrics that name none, and says so of one that is none', () => {
    const read = (prometheusAddress: string) =>
      readRolloutsConfig(
        new ConfigReader({ rollouts: { metrics: { prometheusAddress } } }),
      ).metrics;

    expect(read('http://prometheus:9090/of/us')).toMatchObject({
      prometheusAddress: 'http://prometheus:9090/of/us',
      allowedOrigins: ['http://prometheus:9090'],
    });
    expect(() => read('prometheus')).toThrow(
      'rollouts.metrics.prometheusAddress is "prometheus"',
    );
  });

  describe('in the embedded controller', () => {
    let server: TestCluster;
    beforeAll(async () => {
      server = await startTestCluster();
    });
    afterAll(() => server.stop());

    /** The run's only measurement, of a metric at an address. */
    async function measure(url: string, allowedOrigins: string[]) {
      const name = `probe-${allowedOrigins.length}`;
      const fleet = new Fleet({
        config: readRolloutsConfig(
          new ConfigReader({ rollouts: { metrics: { allowedOrigins } } }),
        ),
        configured: [
          {
            name: 'local',
            controller: 'embedded',
            connection: { kind: 'kubeconfig', file: server.kubeconfigFile },
          },
        ],
        sources: [],
        clock: systemClock,
        logger: mockServices.logger.mock(),
        onRolloutChange: () => {},
        onHealthChange: () => {},
        onRemoved: () => {},
      });
      server.api.create(RUNS, {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'AnalysisRun',
        metadata: { name, namespace: 'demo' },
        spec: {
          metrics: [
            {
              name: 'rate',
              consecutiveErrorLimit: 0,
              successCondition: 'result.ok',
              provider: { web: { url, jsonPath: '{$}', timeoutSeconds: 2 } },
            },
          ],
        },
      });
      fleet.start();
      try {
        return await eventually(
          async () =>
            server.api.get(RUNS, 'demo', name) as unknown as {
              status?: { phase?: string; message?: string };
            },
          ({ status }) =>
            ['Successful', 'Error', 'Failed'].includes(status?.phase ?? ''),
          30_000,
        );
      } finally {
        await fleet.stop();
      }
    }

    it('calls an origin that is listed', async () => {
      const web = createServer((_, res) => {
        res.setHeader('Content-Type', 'application/json').end('{"ok":true}');
      }).listen(0, '127.0.0.1');
      await once(web, 'listening');
      const origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
      try {
        expect((await measure(origin, [origin])).status).toMatchObject({
          phase: 'Successful',
        });
      } finally {
        web.close();
      }
    });

    it('calls no other, and says which it would have to be', async () => {
      const { status } = await measure('http://192.0.2.1:9090', []);
      expect(status).toMatchObject({ phase: 'Error' });
      expect(JSON.stringify(status)).toContain('not among the allowed origins');
    });
  });
});
