import { RESOURCES, type Resource } from '@progressive-delivery/kube';

function routed(
  group: string,
  version: string,
  kind: string,
  plural: string,
): Resource {
  return { group, version, kind, plural, namespaced: true };
}

/** The kinds by which traffic is split, in the versions that the reference asks for. */
export const ROUTER_KINDS = {
  virtualServices: {
    ...RESOURCES.virtualServices,
    version: 'v1alpha3',
  },
  destinationRules: {
    ...RESOURCES.destinationRules,
    version: 'v1alpha3',
  },
  ingresses: routed('networking.k8s.io', 'v1', 'Ingress', 'ingresses'),
  trafficSplits: routed(
    'split.smi-spec.io',
    'v1alpha1',
    'TrafficSplit',
    'trafficsplits',
  ),
  httpRoutes: routed(
    'gateway.networking.k8s.io',
    'v1',
    'HTTPRoute',
    'httproutes',
  ),
  grpcRoutes: routed(
    'gateway.networking.k8s.io',
    'v1',
    'GRPCRoute',
    'grpcroutes',
  ),
  traefikServices: routed(
    'traefik.containo.us',
    'v1alpha1',
    'TraefikService',
    'traefikservices',
  ),
  mappings: routed('getambassador.io', 'v2', 'Mapping', 'mappings'),
  apisixRoutes: routed(
    'apisix.apache.org',
    'v2',
    'ApisixRoute',
    'apisixroutes',
  ),
  appMeshVirtualServices: routed(
    'appmesh.k8s.aws',
    'v1beta2',
    'VirtualService',
    'virtualservices',
  ),
  virtualRouters: routed(
    'appmesh.k8s.aws',
    'v1beta2',
    'VirtualRouter',
    'virtualrouters',
  ),
  virtualNodes: routed(
    'appmesh.k8s.aws',
    'v1beta2',
    'VirtualNode',
    'virtualnodes',
  ),
} satisfies Record<string, Resource>;

/** Of those, what a cluster has only by a CRD, and in which versions. */
export const ROUTER_CRDS: { resource: Resource; versions: string[] }[] = [
  {
    resource: ROUTER_KINDS.virtualServices,
    versions: ['v1', 'v1beta1', 'v1alpha3'],
  },
  {
    resource: ROUTER_KINDS.destinationRules,
    versions: ['v1', 'v1beta1', 'v1alpha3'],
  },
  ...Object.values(ROUTER_KINDS)
    .filter(
      ({ group }) =>
        group !== 'networking.istio.io' && group !== 'networking.k8s.io',
    )
    .map(resource => ({ resource, versions: [resource.version] })),
];
