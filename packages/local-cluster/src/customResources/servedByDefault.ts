import { argoDefinitions } from './argo/definitions';
import { ShortDefinition } from './definition';
import { ambassadorDefinitions } from './routers/ambassador';
import { apisixDefinitions } from './routers/apisix';
import { awsDefinitions } from './routers/aws';
import { gatewayApiDefinitions } from './routers/gatewayApi';
import { istioDefinitions } from './routers/istio';
import { smiDefinitions } from './routers/smi';
import { traefikDefinitions } from './routers/traefik';

/**
 * The CRDs that every local cluster has: Argo Rollouts' own, and those of all
 * its traffic routers. Istio comes before App Mesh, so that
 * `kubectl get virtualservices` means Istio's.
 */
export const servedByDefault: readonly ShortDefinition[] = [
  ...argoDefinitions,
  ...istioDefinitions,
  ...gatewayApiDefinitions,
  ...smiDefinitions,
  ...traefikDefinitions,
  ...ambassadorDefinitions,
  ...apisixDefinitions,
  ...awsDefinitions,
];
