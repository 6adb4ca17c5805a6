import type { KubeObject } from '@progressive-delivery/backstage-plugin-rollouts-common';
import { InvalidError } from '@progressive-delivery/kube';
import { canary } from '../__testUtils__/rollouts';
import {
  startTestCluster,
  type TestCluster,
} from '../__testUtils__/testCluster';
import { connectCluster } from '../clusters/connectCluster';
import { applyPatches } from './applyPatches';
import { templatePatch } from './patches';

jest.setTimeout(60_000);

const DEPLOYMENTS = { group: 'apps', resource: 'deployments' };

describe('a write to the workload of a rollout', () => {
  let server: TestCluster;
  beforeAll(async () => {
    server = await startTestCluster();
  });
  afterAll(() => server.stop());

  it('does not go over a change since the workload was read', async () => {
    const labels = { app: 'colors' };
    const template = (image: string) => ({
      metadata: { labels },
      spec: { containers: [{ name: 'app', image }] },
    });
    const read = server.api.create(DEPLOYMENTS, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'colors', namespace: 'demo' },
      spec: {
        replicas: 0,
        selector: { matchLabels: labels },
        template: template('demo/colors:green'),
      },
    }) as unknown as KubeObject;
    server.api.patch(
      DEPLOYMENTS,
      'demo',
      'colors',
      { spec: { template: template('demo/colors:yellow') } },
      { type: 'merge' },
    );
    const client = connectCluster({
      name: 'local',
      connection: { kind: 'kubeconfig', file: server.kubeconfigFile },
    });
    const patch = templatePatch(
      { resource: 'deployments.apps', object: read },
      [
        {
          op: 'replace',
          path: '/spec/template',
          value: template('demo/colors:blue'),
        },
      ],
    );

    const written = applyPatches(client, canary(), [patch], read);

    await expect(written).rejects.toBeInstanceOf(InvalidError);
    expect(
      JSON.stringify(server.api.get(DEPLOYMENTS, 'demo', 'colors')),
    ).toContain('demo/colors:yellow');
    client.close();
  });
});
