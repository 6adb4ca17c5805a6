import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { CatalogClusterSource } from './CatalogClusterSource';
import {
  readKubernetesConfigClusters,
  usesCatalogLocator,
} from './kubernetesConfigClusters';

const config = (...clusterLocatorMethods: object[]) =>
  new ConfigReader({ kubernetes: { clusterLocatorMethods } });

describe('clusters of Backstage’s Kubernetes plugin', () => {
  it('are those of its configuration, with their service accounts', () => {
    const clusters = readKubernetesConfigClusters(
      config({
        type: 'config',
        clusters: [
          {
            name: 'eu',
            title: 'Europe',
            url: 'https://eu:6443',
            authProvider: 'serviceAccount',
            serviceAccountToken: 'token',
            caData: 'Q0E=',
          },
        ],
      }),
    );
    expect(clusters).toEqual([
      {
        name: 'eu',
        title: 'Europe',
        connection: {
          kind: 'server',
          url: 'https://eu:6443',
          serviceAccountToken: 'token',
          caData: 'Q0E=',
          caFile: undefined,
          skipTLSVerify: false,
        },
      },
    ]);
  });

  it('that need a signed-in user are not usable, and say what to do', () => {
    const [cluster] = readKubernetesConfigClusters(
      config({
        type: 'config',
        clusters: [{ name: 'gke', url: 'https://gke', authProvider: 'google' }],
      }),
    );
    expect(cluster?.connection).toMatchObject({
      kind: 'unusable',
      message: expect.stringContaining('"google"'),
      remedy: expect.stringContaining('serviceAccount'),
    });
  });

  it('are kubectl’s proxy where that is named', () => {
    const [cluster] = readKubernetesConfigClusters(
      config({ type: 'localKubectlProxy' }),
    );
    expect(cluster).toMatchObject({
      name: 'local',
      connection: { url: 'http://127.0.0.1:8001' },
    });
  });

  it('are entities of the catalog where that is named', async () => {
    expect(usesCatalogLocator(config({ type: 'catalog' }))).toBe(true);
    expect(usesCatalogLocator(config({ type: 'gke' }))).toBe(false);
    const resource = (name: string, type: string, annotations: object) => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Resource',
      metadata: { name, namespace: 'default', annotations: { ...annotations } },
      spec: { type, owner: 'ops' },
    });
    const address = { 'kubernetes.io/api-server': 'https://us:6443' };
    const source = new CatalogClusterSource(
      catalogServiceMock({
        entities: [
          resource('us', 'kubernetes-cluster', {
            ...address,
            'kubernetes.io/skip-tls-verify': 'true',
          }),
          resource('database', 'database', address),
          resource('no-address', 'kubernetes-cluster', {}),
        ],
      }),
      mockServices.auth(),
    );
    expect(await source.list()).toMatchObject([
      {
        name: 'us',
        connection: {
          kind: 'server',
          url: 'https://us:6443',
          skipTLSVerify: true,
        },
      },
    ]);
  });
});
