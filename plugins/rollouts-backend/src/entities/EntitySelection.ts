import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
  type Entity,
} from '@backstage/catalog-model';

/** The annotations and the label of Backstage's Kubernetes plugin. */
export const KUBERNETES_ID = 'backstage.io/kubernetes-id';
export const KUBERNETES_LABEL_SELECTOR =
  'backstage.io/kubernetes-label-selector';
export const KUBERNETES_NAMESPACE = 'backstage.io/kubernetes-namespace';
export const KUBERNETES_CLUSTER = 'backstage.io/kubernetes-cluster';

/** Which rollouts a catalog entity names as its own. */
export interface EntitySelection {
  /** Lower case: `component:default/colors`. */
  entityRef: string;
  kubernetesId?: string;
  labelSelector?: string;
  namespace?: string;
  cluster?: string;
  ownerRefs: string[];
}

/** `undefined` when the entity has no annotation that selects anything. */
export function selectionOf(entity: Entity): EntitySelection | undefined {
  const annotations = entity.metadata.annotations ?? {};
  const kubernetesId = annotations[KUBERNETES_ID];
  const labelSelector = annotations[KUBERNETES_LABEL_SELECTOR];
  if (!kubernetesId && !labelSelector) {
    return undefined;
  }
  return {
    entityRef: stringifyEntityRef(entity),
    kubernetesId: kubernetesId || undefined,
    labelSelector: labelSelector || undefined,
    namespace: annotations[KUBERNETES_NAMESPACE] || undefined,
    cluster: annotations[KUBERNETES_CLUSTER] || undefined,
    ownerRefs: (entity.relations ?? [])
      .filter(relation => relation.type === RELATION_OWNED_BY)
      .map(relation => relation.targetRef),
  };
}
