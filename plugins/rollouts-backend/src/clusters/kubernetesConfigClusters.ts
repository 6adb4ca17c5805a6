import type { Config } from '@backstage/config';
import type {
  ClusterConnection,
  ClusterDefinition,
} from '@progressive-delivery/backstage-plugin-rollouts-node';

/**
 * The clusters that Backstage's Kubernetes plugin is configured with, so that
 * nobody writes one down twice. Source: its documentation of
 * `kubernetes.clusterLocatorMethods`.
 */
export function readKubernetesConfigClusters(
  config: Config,
): ClusterDefinition[] {
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  return methods.flatMap(method => {
    switch (method.getOptionalString('type')) {
      case 'config':
        return (method.getOptionalConfigArray('clusters') ?? []).map(readOne);
      case 'localKubectlProxy':
        return [
          {
            name: 'local',
            connection: {
              kind: 'server' as const,
              url: 'http://127.0.0.1:8001',
              skipTLSVerify: true,
            },
          },
        ];
      default:
        // `catalog` has a source of its own; what only the Kubernetes plugin
        // can locate is left to it.
        return [];
    }
  });
}

/** Whether the catalog is named as a place where clusters are written down. */
export function usesCatalogLocator(config: Config): boolean {
  const methods =
    config.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? [];
  return methods.some(method => method.getOptionalString('type') === 'catalog');
}

function readOne(entry: Config): ClusterDefinition {
  return {
    name: entry.getString('name'),
    title: entry.getOptionalString('title'),
    connection: readConnection(entry),
  };
}

function readConnection(entry: Config): ClusterConnection {
  const provider =
    entry.getOptionalString('authProvider') ??
    entry.getOptionalString('authMetadata.kubernetes.io/auth-provider') ??
    'serviceAccount';
  return connectionFor(provider, {
    url: entry.getString('url'),
    serviceAccountToken: entry.getOptionalString('serviceAccountToken'),
    caData: entry.getOptionalString('caData'),
    caFile: entry.getOptionalString('caFile'),
    skipTLSVerify: entry.getOptionalBoolean('skipTLSVerify') ?? false,
  });
}

/**
 * The mirror reads all the time, with nobody signed in, so it needs
 * credentials of the backend's own.
 */
export function connectionFor(
  provider: string,
  server: Omit<Extract<ClusterConnection, { kind: 'server' }>, 'kind'>,
): ClusterConnection {
  if (provider !== 'serviceAccount' && provider !== 'localKubectlProxy') {
    return {
      kind: 'unusable',
      message: `The cluster is configured with the auth provider "${provider}", which needs a signed-in user; rollouts are read in the background.`,
      remedy:
        'Give the cluster a service account (authProvider: serviceAccount), or name a kubeconfig for it under rollouts.clusters.',
    };
  }
  return { kind: 'server', ...server };
}
