import type { AuthService } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type {
  ClusterDefinition,
  ClusterSource,
} from '@progressive-delivery/backstage-plugin-rollouts-node';
import { connectionFor } from './kubernetesConfigClusters';

const API_SERVER = 'kubernetes.io/api-server';
const CA_DATA = 'kubernetes.io/api-server-certificate-authority';
const AUTH_PROVIDER = 'kubernetes.io/auth-provider';
const SKIP_TLS_VERIFY = 'kubernetes.io/skip-tls-verify';

/**
 * Clusters that are catalog entities: Resources of type `kubernetes-cluster`
 * with the annotations of Backstage's Kubernetes plugin.
 */
export class CatalogClusterSource implements ClusterSource {
  readonly title = 'the catalog';

  constructor(
    private readonly catalog: Pick<CatalogService, 'getEntities'>,
    private readonly auth: AuthService,
  ) {}

  async list(): Promise<ClusterDefinition[]> {
    const { items } = await this.catalog.getEntities(
      {
        filter: { kind: 'Resource', 'spec.type': 'kubernetes-cluster' },
      },
      { credentials: await this.auth.getOwnServiceCredentials() },
    );
    return items.flatMap(toCluster);
  }
}

function toCluster(entity: Entity): ClusterDefinition[] {
  const annotations = entity.metadata.annotations ?? {};
  const url = annotations[API_SERVER];
  if (!url) {
    return [];
  }
  return [
    {
      name: entity.metadata.name,
      title: entity.metadata.title,
      connection: connectionFor(
        annotations[AUTH_PROVIDER] ?? 'serviceAccount',
        {
          url,
          caData: annotations[CA_DATA],
          skipTLSVerify: annotations[SKIP_TLS_VERIFY] === 'true',
        },
      ),
    },
  ];
}
