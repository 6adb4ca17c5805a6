import { GroupResource } from '../../api/clusterApi';

const core = (resource: string): GroupResource => ({ group: '', resource });

/** The resources that the control loops read and write. */
export const NAMESPACES = core('namespaces');
export const PODS = core('pods');
export const SERVICES = core('services');
export const NODES = core('nodes');
export const EVENTS = core('events');
export const REPLICA_SETS = { group: 'apps', resource: 'replicasets' };
export const DEPLOYMENTS = { group: 'apps', resource: 'deployments' };
export const JOBS = { group: 'batch', resource: 'jobs' };
export const LEASES = { group: 'coordination.k8s.io', resource: 'leases' };
export const ENDPOINT_SLICES = {
  group: 'discovery.k8s.io',
  resource: 'endpointslices',
};
export const DISRUPTION_BUDGETS = {
  group: 'policy',
  resource: 'poddisruptionbudgets',
};
export const CUSTOM_RESOURCE_DEFINITIONS = {
  group: 'apiextensions.k8s.io',
  resource: 'customresourcedefinitions',
};
export const VIRTUAL_SERVICES = {
  group: 'networking.istio.io',
  resource: 'virtualservices',
};
export const DESTINATION_RULES = {
  group: 'networking.istio.io',
  resource: 'destinationrules',
};
