import { GroupResource, StoredObject, WatchEvent } from '../api/clusterApi';

/**
 * Where the data plane sees a cluster's objects: pods, services,
 * endpointslices and, if they exist, Istio's virtualservices and
 * destinationrules. `ClusterApi` is one; a mirror of a remote API can be
 * another.
 */
export interface ObjectSource {
  /** The objects as of now. Throws or is empty where the kind does not exist. */
  list(resource: GroupResource): StoredObject[];
  /** Calls back for each change from now on. Returns a function that stops. */
  watch(
    resource: GroupResource,
    onEvent: (event: WatchEvent) => void,
  ): () => void;
}
