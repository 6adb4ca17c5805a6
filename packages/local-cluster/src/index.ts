export * from './api/apiError';
export * from './api/clock';
export * from './api/clusterApi';
export {
  createClusterStore,
  type ClusterStore,
  type ClusterStoreOptions,
} from './operations/createClusterStore';
