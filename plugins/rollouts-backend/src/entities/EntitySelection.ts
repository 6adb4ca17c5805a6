import {
  RELATION_OWNED_BY,
  RELATION_PART_OF,
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
  /** The ref of the system that it is part of. */
  system?: string;
  /** `spec.type` */
  type?: string;
  /** `spec.lifecycle` */
  lifecycle?: string;
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
    system: (entity.relations ?? []).find(
      ({ type, targetRef }) =>
        type === RELATION_PART_OF && targetRef.startsWith('system:'),
    )?.targetRef,
    type: textOf(entity.spec?.type),
    lifecycle: textOf(entity.spec?.lifecycle),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
