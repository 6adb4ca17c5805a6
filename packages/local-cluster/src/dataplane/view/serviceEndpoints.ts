import { StoredObject } from '../../api/clusterApi';
import { isActive, isReady } from '../../controllers/objects/pod';
import { matchesSelector } from '../../selectors/objectSelector';
import { ClusterView } from './clusterView';

/**
 * The pods that requests to a service may go to: those that its
 * EndpointSlices call ready or, where it has none, its ready pods by
 * selector.
 */
export function endpointsOf(
  view: ClusterView,
  service: StoredObject,
): StoredObject[] {
  const { namespace, name } = service.metadata;
  const slices = [...view.slices.values()].filter(
    slice =>
      slice.metadata.namespace === namespace &&
      slice.metadata.labels?.['kubernetes.io/service-name'] === name,
  );
  if (slices.length > 0) {
    return slices.flatMap(slice =>
      ((slice.endpoints ?? []) as Endpoint[]).flatMap(endpoint => {
        if (endpoint.conditions?.ready === false) return [];
        if (endpoint.targetRef?.kind !== 'Pod') return [];
        const pod = view.pods.get(`${namespace}/${endpoint.targetRef.name}`);
        return pod ? [pod] : [];
      }),
    );
  }
  const matchLabels = service.spec?.selector;
  if (!matchLabels) return [];
  return [...view.pods.values()].filter(
    pod =>
      pod.metadata.namespace === namespace &&
      isActive(pod) &&
      isReady(pod) &&
      matchesSelector({ matchLabels }, pod.metadata.labels),
  );
}

interface Endpoint {
  conditions?: { ready?: boolean };
  targetRef?: { kind?: string; name?: string };
}
