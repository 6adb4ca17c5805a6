import type { PortalCluster } from '../cluster/PortalCluster';

/** What distinguishes one start's configuration from app-config.yaml. */
export interface PortalConfigInput {
  /** Where people open the portal. */
  appAddress: string;
  /** Where the backend answers; the same unless a development server serves the app. */
  backendAddress: string;
  databaseDirectory: string;
  catalogFiles: string[];
  /** Where services that people make in the demo are kept; absent without a demo. */
  servicesDirectory?: string;
  cluster: PortalCluster;
}

/** The configuration that a start lays over app-config.yaml. */
export function portalConfig(input: PortalConfigInput) {
  const { cluster } = input;
  return {
    app: { baseUrl: input.appAddress },
    backend: {
      baseUrl: input.backendAddress,
      listen: { port: Number(new URL(input.backendAddress).port) },
      ...(input.appAddress !== input.backendAddress && {
        cors: { origin: input.appAddress, credentials: true },
      }),
      database: {
        client: 'better-sqlite3',
        connection: { directory: input.databaseDirectory },
      },
    },
    catalog: {
      locations: input.catalogFiles.map(target => ({ type: 'file', target })),
    },
    ...(input.servicesDirectory !== undefined && {
      demo: {
        services: {
          directory: input.servicesDirectory,
          kubeconfig: cluster.kubeconfig,
          namespace: 'demo',
        },
      },
    }),
    rollouts: {
      clusters: [
        {
          name: cluster.name,
          kubeconfig: {
            file: cluster.kubeconfig,
            ...(cluster.context && { context: cluster.context }),
          },
          controller: cluster.controller,
        },
      ],
      ...(cluster.dataPlane && {
        metrics: {
          allowedOrigins: [new URL(cluster.dataPlane.prometheus).origin],
        },
      }),
    },
  };
}
