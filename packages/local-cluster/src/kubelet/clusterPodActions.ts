import { ApiError } from '../api/apiError';
import { ClusterApi } from '../api/clusterApi';
import { PODS } from '../controllers/objects/resources';
import { PodActions } from './podActions';

/**
 * Pod actions on the API server of this process. Binding sets the pod's
 * nodeName, which is all that a binding does.
 */
export function clusterPodActions(api: ClusterApi): PodActions {
  return {
    bind: (pod, nodeName) =>
      unlessGone(() => {
        const { name, namespace, uid } = pod.metadata;
        api.patch(
          PODS,
          namespace,
          name,
          { metadata: { uid }, spec: { nodeName } },
          { type: 'merge', subresource: 'binding' },
        );
      }),
    patchStatus: (pod, status) =>
      unlessGone(() => {
        const { name, namespace, uid } = pod.metadata;
        api.patch(
          PODS,
          namespace,
          name,
          { metadata: { uid }, status },
          { type: 'strategic', subresource: 'status' },
        );
      }),
    remove: pod =>
      unlessGone(() => {
        const { name, namespace, uid } = pod.metadata;
        api.delete(PODS, namespace, name, {
          gracePeriodSeconds: 0,
          preconditions: { uid },
        });
      }),
  };
}

/** The pod may have gone meanwhile, or a namesake may have come: nothing to do then. */
function unlessGone(write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!(error instanceof ApiError && isGone(error))) throw error;
  }
}

function isGone(error: ApiError) {
  return error.reason === 'NotFound' || error.reason === 'Conflict';
}
