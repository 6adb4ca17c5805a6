import { GroupResource } from '../../api/clusterApi';
import {
  DESTINATION_RULES,
  VIRTUAL_SERVICES,
} from '../../controllers/objects/resources';

const gatewayApi = (resource: string): GroupResource => ({
  group: 'gateway.networking.k8s.io',
  resource,
});

const appMesh = (resource: string): GroupResource => ({
  group: 'appmesh.k8s.aws',
  resource,
});

/** The kinds that say where requests go, beside services. */
export const ROUTING_KINDS = {
  virtualServices: VIRTUAL_SERVICES,
  destinationRules: DESTINATION_RULES,
  httpRoutes: gatewayApi('httproutes'),
  grpcRoutes: gatewayApi('grpcroutes'),
  ingresses: { group: 'networking.k8s.io', resource: 'ingresses' },
  trafficSplits: { group: 'split.smi-spec.io', resource: 'trafficsplits' },
  traefikServices: { group: 'traefik.io', resource: 'traefikservices' },
  olderTraefikServices: {
    group: 'traefik.containo.us',
    resource: 'traefikservices',
  },
  mappings: { group: 'getambassador.io', resource: 'mappings' },
  apisixRoutes: { group: 'apisix.apache.org', resource: 'apisixroutes' },
  virtualRouters: appMesh('virtualrouters'),
  virtualNodes: appMesh('virtualnodes'),
  meshServices: appMesh('virtualservices'),
} satisfies Record<string, GroupResource>;

export type RoutingKind = keyof typeof ROUTING_KINDS;
