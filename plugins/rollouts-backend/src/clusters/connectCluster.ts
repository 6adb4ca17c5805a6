import { KubeConfig } from '@kubernetes/client-node';
import type { ClusterDefinition } from '@progressive-delivery/backstage-plugin-rollouts-node';
import { KubeClient } from '@progressive-delivery/kube';

const USER_AGENT = 'backstage-rollouts';

/** What stands in the way of talking to a cluster, before any call. */
export class ClusterUnusableError extends Error {
  constructor(
    message: string,
    readonly remedy: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ClusterUnusableError';
  }
}

/**
 * A client for a cluster; nothing is contacted.
 * @throws ClusterUnusableError when the definition cannot lead to one.
 */
export function connectCluster({
  name,
  connection,
}: ClusterDefinition): KubeClient {
  switch (connection.kind) {
    case 'unusable':
      throw new ClusterUnusableError(connection.message, connection.remedy);
    case 'kubeconfig':
      try {
        return KubeClient.fromFile(connection.file, connection.context, {
          userAgent: USER_AGENT,
        });
      } catch (error) {
        throw new ClusterUnusableError(
          error instanceof Error ? error.message : String(error),
          `Correct rollouts.clusters[name=${name}].kubeconfig; it is read again within a minute.`,
          { cause: error },
        );
      }
    default:
      return KubeClient.fromKubeConfig(toKubeConfig(name, connection), {
        userAgent: USER_AGENT,
      });
  }
}

function toKubeConfig(
  name: string,
  connection: Extract<ClusterDefinition['connection'], { kind: 'server' }>,
): KubeConfig {
  if (!URL.canParse(connection.url)) {
    throw new ClusterUnusableError(
      `The address of cluster "${name}" is "${connection.url}", which is not a URL.`,
      'Correct the url of this cluster in the configuration.',
    );
  }
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromOptions({
    clusters: [
      {
        name,
        server: connection.url,
        caData: connection.caData,
        caFile: connection.caFile,
        skipTLSVerify: connection.skipTLSVerify ?? false,
      },
    ],
    users: [{ name, token: connection.serviceAccountToken }],
    contexts: [{ name, cluster: name, user: name }],
    currentContext: name,
  });
  return kubeConfig;
}
