import { RESOURCES, type Resource } from '@progressive-delivery/kube';

/** What the controller's account has to be allowed about one kind. */
export interface KindAccess {
  resource: Resource;
  /** Verbs that change nothing. */
  read: string[];
  /** Verbs that do. */
  write: string[];
  /** Verbs of subresources, which all change something. */
  subresources?: Record<string, string[]>;
}

const MIRRORED = ['get', 'list', 'watch'];
/** For owner references, where a cluster checks them. */
const FINALIZERS = { finalizers: ['update'] };

const mirrored = (
  resource: Resource,
  write: string[] = [],
  subresources?: Record<string, string[]>,
): KindAccess => ({ resource, read: MIRRORED, write, subresources });

/** Secrets that analysis arguments name; one at a time, never listed. */
export const SECRET_ACCESS: KindAccess = {
  resource: RESOURCES.secrets,
  read: ['get'],
  write: [],
};

/** The lease, in one namespace. */
export const LEASE_ACCESS: KindAccess = {
  resource: RESOURCES.leases,
  read: ['get'],
  write: ['create', 'update'],
};

/** Kinds that routers read and write; each only where rollouts ask for it. */
export const ROUTING_ACCESS: readonly KindAccess[] = [
  mirrored(RESOURCES.virtualServices, ['patch']),
  mirrored(RESOURCES.destinationRules, ['patch']),
  mirrored(RESOURCES.ingresses, ['create', 'patch']),
  mirrored(RESOURCES.trafficSplits, ['create', 'patch']),
  mirrored(RESOURCES.mappings, ['create', 'patch', 'delete']),
  mirrored(RESOURCES.apisixRoutes, ['create', 'patch', 'delete']),
  mirrored(RESOURCES.appMeshVirtualServices),
  mirrored(RESOURCES.appMeshVirtualRouters, ['patch']),
  mirrored(RESOURCES.appMeshVirtualNodes, ['patch']),
  mirrored(RESOURCES.traefikServices, ['patch']),
  mirrored(RESOURCES.traefikContainousServices, ['patch']),
  mirrored(RESOURCES.httpRoutes, ['patch']),
  mirrored(RESOURCES.grpcRoutes, ['patch']),
  mirrored(RESOURCES.tcpRoutes, ['patch']),
  mirrored(RESOURCES.tlsRoutes, ['patch']),
];

/** All other kinds. */
export const CORE_ACCESS: readonly KindAccess[] = [
  mirrored(RESOURCES.rollouts, ['patch'], {
    status: ['patch'],
    ...FINALIZERS,
  }),
  mirrored(RESOURCES.analysisRuns, ['create', 'patch', 'delete'], FINALIZERS),
  mirrored(RESOURCES.analysisTemplates),
  mirrored(RESOURCES.clusterAnalysisTemplates),
  mirrored(RESOURCES.experiments, ['create', 'patch', 'delete'], FINALIZERS),
  mirrored(RESOURCES.replicaSets, ['create', 'patch', 'delete']),
  mirrored(RESOURCES.deployments, ['patch']),
  mirrored(RESOURCES.pods, ['patch'], { eviction: ['create'] }),
  mirrored(RESOURCES.podTemplates),
  mirrored(RESOURCES.services, ['create', 'patch', 'delete']),
  mirrored(RESOURCES.jobs, ['create', 'delete']),
  mirrored(RESOURCES.podDisruptionBudgets),
  { resource: RESOURCES.events, read: [], write: ['create', 'patch'] },
];
