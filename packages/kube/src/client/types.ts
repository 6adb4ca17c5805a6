import type {
  KubeObject,
  ObjectMeta,
} from '@progressive-delivery/backstage-plugin-rollouts-common';

/** An object to be written; `apiVersion` and `kind` follow from its resource. */
export interface ObjectToWrite {
  metadata?: Partial<ObjectMeta>;
  // Open as Kubernetes' objects are: the API server checks them.
  [field: string]: any;
}

/** Name of an object; `namespace` only for namespaced kinds. */
export interface ObjectRef {
  namespace?: string;
  name: string;
}

export interface RequestOptions {
  signal?: AbortSignal;
}

export interface ListOptions extends RequestOptions {
  /** All namespaces when left out. */
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  limit?: number;
  continue?: string;
  resourceVersion?: string;
  resourceVersionMatch?: 'NotOlderThan' | 'Exact';
}

export interface KubeList<T> {
  metadata: {
    resourceVersion: string;
    continue?: string;
    remainingItemCount?: number;
  };
  items: T[];
}

export interface WriteOptions extends RequestOptions {
  subresource?: string;
  dryRun?: boolean;
  fieldManager?: string;
}

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

export interface PatchOptions extends WriteOptions {
  type: PatchType;
  /** Take over fields of other managers; only with `apply`. */
  force?: boolean;
}

export interface DeleteOptions extends RequestOptions {
  preconditions?: { uid?: string; resourceVersion?: string };
  propagationPolicy?: 'Orphan' | 'Background' | 'Foreground';
  gracePeriodSeconds?: number;
  dryRun?: boolean;
}

export interface PodLogOptions extends RequestOptions {
  container?: string;
  tailLines?: number;
  limitBytes?: number;
  previous?: boolean;
  timestamps?: boolean;
}

export interface WatchOptions extends RequestOptions {
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  resourceVersion?: string;
  /** The server ends the watch after this time. */
  timeoutSeconds?: number;
  /** Called for each piece of the stream that arrives, whatever is in it. */
  onActivity?: () => void;
}

export type WatchEvent<T> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T }
  | { type: 'BOOKMARK'; object: { metadata: { resourceVersion: string } } };

/**
 * An open watch. Ends without an error only where the server ended it at a
 * line's end; throws `GoneError` and other typed errors.
 */
export interface WatchStream<T> extends AsyncIterable<WatchEvent<T>> {
  close(): void;
}

export interface ServerVersion {
  major: string;
  minor: string;
  gitVersion: string;
}

export interface ApiGroup {
  name: string;
  versions: string[];
  preferredVersion: string;
}

export type AnyObject = KubeObject & Record<string, any>;
