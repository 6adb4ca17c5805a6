import type { Resource } from './resource';

function namespaced(
  group: string,
  version: string,
  kind: string,
  plural: string,
): Resource {
  return { group, version, kind, plural, namespaced: true };
}

function clusterWide(
  group: string,
  version: string,
  kind: string,
  plural: string,
): Resource {
  return { group, version, kind, plural, namespaced: false };
}

const APP_MESH = ['appmesh.k8s.aws', 'v1beta2'] as const;
const GATEWAY = 'gateway.networking.k8s.io';
const ARGO = ['argoproj.io', 'v1alpha1'] as const;

/**
 * The kinds this suite reads or writes. For those of routers the version is
 * the one asked for first: `KubeClient.resolve` finds the one a cluster serves.
 */
export const RESOURCES = {
  rollouts: namespaced(...ARGO, 'Rollout', 'rollouts'),
  analysisRuns: namespaced(...ARGO, 'AnalysisRun', 'analysisruns'),
  analysisTemplates: namespaced(
    ...ARGO,
    'AnalysisTemplate',
    'analysistemplates',
  ),
  clusterAnalysisTemplates: clusterWide(
    ...ARGO,
    'ClusterAnalysisTemplate',
    'clusteranalysistemplates',
  ),
  experiments: namespaced(...ARGO, 'Experiment', 'experiments'),
  replicaSets: namespaced('apps', 'v1', 'ReplicaSet', 'replicasets'),
  deployments: namespaced('apps', 'v1', 'Deployment', 'deployments'),
  pods: namespaced('', 'v1', 'Pod', 'pods'),
  podTemplates: namespaced('', 'v1', 'PodTemplate', 'podtemplates'),
  services: namespaced('', 'v1', 'Service', 'services'),
  events: namespaced('', 'v1', 'Event', 'events'),
  secrets: namespaced('', 'v1', 'Secret', 'secrets'),
  configMaps: namespaced('', 'v1', 'ConfigMap', 'configmaps'),
  namespaces: clusterWide('', 'v1', 'Namespace', 'namespaces'),
  nodes: clusterWide('', 'v1', 'Node', 'nodes'),
  jobs: namespaced('batch', 'v1', 'Job', 'jobs'),
  podDisruptionBudgets: namespaced(
    'policy',
    'v1',
    'PodDisruptionBudget',
    'poddisruptionbudgets',
  ),
  endpointSlices: namespaced(
    'discovery.k8s.io',
    'v1',
    'EndpointSlice',
    'endpointslices',
  ),
  leases: namespaced('coordination.k8s.io', 'v1', 'Lease', 'leases'),
  virtualServices: namespaced(
    'networking.istio.io',
    'v1',
    'VirtualService',
    'virtualservices',
  ),
  destinationRules: namespaced(
    'networking.istio.io',
    'v1',
    'DestinationRule',
    'destinationrules',
  ),
  ingresses: namespaced('networking.k8s.io', 'v1', 'Ingress', 'ingresses'),
  trafficSplits: namespaced(
    'split.smi-spec.io',
    'v1alpha1',
    'TrafficSplit',
    'trafficsplits',
  ),
  mappings: namespaced('getambassador.io', 'v2', 'Mapping', 'mappings'),
  apisixRoutes: namespaced(
    'apisix.apache.org',
    'v2',
    'ApisixRoute',
    'apisixroutes',
  ),
  appMeshVirtualServices: namespaced(
    ...APP_MESH,
    'VirtualService',
    'virtualservices',
  ),
  appMeshVirtualRouters: namespaced(
    ...APP_MESH,
    'VirtualRouter',
    'virtualrouters',
  ),
  appMeshVirtualNodes: namespaced(...APP_MESH, 'VirtualNode', 'virtualnodes'),
  traefikServices: namespaced(
    'traefik.io',
    'v1alpha1',
    'TraefikService',
    'traefikservices',
  ),
  /** Of Traefik 2. */
  traefikContainousServices: namespaced(
    'traefik.containo.us',
    'v1alpha1',
    'TraefikService',
    'traefikservices',
  ),
  httpRoutes: namespaced(GATEWAY, 'v1', 'HTTPRoute', 'httproutes'),
  grpcRoutes: namespaced(GATEWAY, 'v1', 'GRPCRoute', 'grpcroutes'),
  tcpRoutes: namespaced(GATEWAY, 'v1alpha2', 'TCPRoute', 'tcproutes'),
  tlsRoutes: namespaced(GATEWAY, 'v1alpha2', 'TLSRoute', 'tlsroutes'),
  customResourceDefinitions: clusterWide(
    'apiextensions.k8s.io',
    'v1',
    'CustomResourceDefinition',
    'customresourcedefinitions',
  ),
  subjectAccessReviews: clusterWide(
    'authorization.k8s.io',
    'v1',
    'SubjectAccessReview',
    'subjectaccessreviews',
  ),
  selfSubjectAccessReviews: clusterWide(
    'authorization.k8s.io',
    'v1',
    'SelfSubjectAccessReview',
    'selfsubjectaccessreviews',
  ),
} satisfies Record<string, Resource>;
