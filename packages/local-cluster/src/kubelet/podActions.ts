import { StoredObject } from '../api/clusterApi';

/** What the kubelet does to a cluster, so that it can serve a remote one too. */
export interface PodActions {
  /** `POST pods/binding`. */
  bind(pod: StoredObject, nodeName: string): void | Promise<void>;
  /**
   * Strategic-merge patch of `pods/status`. `status` holds changed fields
   * only; the pod's uid goes along, so that a namesake is not patched.
   */
  patchStatus(
    pod: StoredObject,
    status: Record<string, unknown>,
  ): void | Promise<void>;
  /** Delete with grace period 0 and the pod's uid as precondition. */
  remove(pod: StoredObject): void | Promise<void>;
}

/** Where the kubelet sees pods: a list as of now and every change from now on. */
export interface PodSource {
  list(): StoredObject[];
  watch(
    onEvent: (event: {
      type: 'ADDED' | 'MODIFIED' | 'DELETED';
      object: StoredObject;
    }) => void,
  ): () => void;
}
