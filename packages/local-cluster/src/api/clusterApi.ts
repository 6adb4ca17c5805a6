/**
 * The API server as seen from inside this process: the same rules as over
 * HTTP (admission, defaulting, generation, conflicts, finalizers), without
 * the HTTP. Controllers, the kubelet and the data plane talk to this only, so
 * that each of them can be driven over a real connection as well.
 */

export interface ObjectMeta {
  name: string;
  namespace?: string;
  generateName?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: {
    apiVersion: string;
    kind: string;
    name: string;
    uid: string;
    controller?: boolean;
    blockOwnerDeletion?: boolean;
  }[];
  finalizers?: string[];
  managedFields?: unknown[];
}

/** Any stored object. Treat it as frozen: the store hands out its own copy. */
export interface StoredObject {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  // Objects are open: each kind's reader narrows what it needs.
  [field: string]: any;
}

/** What a caller sends: server-set metadata may be absent. */
export type NewObject = Omit<StoredObject, 'metadata'> & {
  metadata: Partial<ObjectMeta>;
};

/** `{ group: 'apps', resource: 'replicasets' }`; the core group is `''`. */
export interface GroupResource {
  group: string;
  resource: string;
}

export interface ListOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

export interface WriteOptions {
  subresource?: string;
  dryRun?: boolean;
  fieldManager?: string;
  force?: boolean;
}

export interface DeleteOptions {
  gracePeriodSeconds?: number;
  propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
  preconditions?: { uid?: string; resourceVersion?: string };
  dryRun?: boolean;
}

export interface WatchEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: StoredObject;
}

/** Every method throws `ApiError` (a Kubernetes `Status`) when it refuses. */
export interface ClusterApi {
  get(
    resource: GroupResource,
    namespace: string | undefined,
    name: string,
  ): StoredObject;
  /** Like `get`, but `undefined` where that answers 404. */
  find(
    resource: GroupResource,
    namespace: string | undefined,
    name: string,
  ): StoredObject | undefined;
  list(resource: GroupResource, options?: ListOptions): StoredObject[];
  create(
    resource: GroupResource,
    object: NewObject,
    options?: WriteOptions,
  ): StoredObject;
  update(
    resource: GroupResource,
    object: NewObject,
    options?: WriteOptions,
  ): StoredObject;
  patch(
    resource: GroupResource,
    namespace: string | undefined,
    name: string,
    patch: unknown,
    options: WriteOptions & { type: PatchType },
  ): StoredObject;
  delete(
    resource: GroupResource,
    namespace: string | undefined,
    name: string,
    options?: DeleteOptions,
  ): StoredObject;
  /**
   * Calls back for each change of any object of the resource from now on, in
   * order, in a later microtask than the write. Returns a function that stops.
   */
  watch(
    resource: GroupResource,
    onEvent: (event: WatchEvent) => void,
  ): () => void;
}
